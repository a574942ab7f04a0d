"""The real networks' channels under load: what each delivers and what its API answers, as little of it as is needed."""

from collections.abc import Callable
from dataclasses import dataclass

from bench import slack, telegram
from bench.generator import Post
from bench.receiver import Api


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """`post`: how messages come in. `api`: what answers the channel's calls."""

    post: Callable[[], Post]
    api: Callable[[], Api]


NETWORKS = {
    "Telegram": Network(post=telegram.post, api=telegram.api),
    "Slack": Network(post=slack.post, api=slack.api),
}
