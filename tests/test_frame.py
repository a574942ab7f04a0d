"""What a newcomer's first commands stand on: the lock files, `.env`, the container and its neighbours."""

import shutil
import subprocess
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
BASE_MEGABYTES = 150


def locked(lock: str) -> list[Requirement]:
    lines = [line.split("#")[0].strip() for line in (ROOT / lock).read_text().splitlines()]
    return [Requirement(line) for line in lines if line]


def declared() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_exact_versions_and_no_place_to_fetch_them_from(lock: str) -> None:
    assert "//" not in (ROOT / lock).read_text()
    assert [str(part) for part in locked(lock) if [one.operator for one in part.specifier] != ["=="]] == []


def test_the_locks_satisfy_what_is_declared_and_agree_with_each_other() -> None:
    extras = declared()["optional-dependencies"]
    wanted = {"requirements.lock": declared()["dependencies"]}
    wanted["requirements-dev.lock"] = wanted["requirements.lock"] + extras["mongo"] + extras["redis"] + extras["dev"]
    for lock, requirements in wanted.items():
        held = {canonicalize_name(part.name): next(iter(part.specifier)).version for part in locked(lock)}
        for requirement in map(Requirement, requirements):
            assert requirement.specifier.contains(held[canonicalize_name(requirement.name)]), requirement
    assert {str(part) for part in locked("requirements.lock")} <= {
        str(part) for part in locked("requirements-dev.lock")
    }


def test_what_make_run_installs_is_small() -> None:
    parts = [part for part in locked("requirements.lock") if part.marker is None or part.marker.evaluate()]
    size = sum(installed_bytes(part.name) for part in [*parts, Requirement("pip")])
    assert size / 1e6 <= BASE_MEGABYTES


def installed_bytes(package: str) -> int:
    found = distribution(package)
    paths = [Path(str(found.locate_file(file))) for file in found.files or []]
    return sum(path.stat().st_size for path in paths if path.exists())


def test_make_env_writes_a_secret_once_and_for_its_owner_only(tmp_path: Path) -> None:
    for _ in range(2):
        subprocess.run(["sh", str(ROOT / ".ci/env")], cwd=tmp_path, check=True, capture_output=True)
    lines = (tmp_path / ".env").read_text().splitlines()
    assert [line.partition("=")[0] for line in lines] == ["SECRET_KEY"]
    assert len(lines[0].partition("=")[2]) == 64
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0


def test_make_env_keeps_what_else_is_in_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=debug\n")
    subprocess.run(["sh", str(ROOT / ".ci/env")], cwd=tmp_path, check=True, capture_output=True)
    lines = (tmp_path / ".env").read_text().splitlines()
    assert lines[0] == "LOG_LEVEL=debug" and lines[1].startswith("SECRET_KEY=")


def test_an_environment_without_a_python_that_fits_is_refused_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", str(ROOT / ".ci/venv")], cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "Python 3.11" in done.stderr
    assert not (tmp_path / ".venv").exists()


def composed() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return services


def test_compose_opens_one_port_and_only_to_the_host_itself() -> None:
    ports = [port for service in composed().values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8080:8080"]


def test_compose_takes_the_secret_from_the_env_file_and_holds_none() -> None:
    environment = composed()["app"]["environment"]
    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert (environment["SIMULATOR"], environment["HOST"]) == ("1", "0.0.0.0")


def test_compose_waits_for_a_replica_set_that_it_has_initiated() -> None:
    services = composed()
    assert "--replSet" in services["mongo"]["command"]
    assert "rs.initiate" in " ".join(services["mongo"]["healthcheck"]["test"])
    assert services["app"]["depends_on"]["mongo"] == {"condition": "service_healthy"}
    assert "replicaSet=" in services["app"]["environment"]["MONGO_URL"]


def test_docker_compose_accepts_the_file_and_asks_for_the_secret(tmp_path: Path) -> None:
    config = [*compose_client(), "-f", str(ROOT / "docker-compose.yml"), "--project-directory", str(tmp_path), "config"]
    without = subprocess.run(config, cwd=tmp_path, capture_output=True, text=True)
    assert without.returncode != 0 and "make env" in without.stderr
    (tmp_path / ".env").write_text("SECRET_KEY=abc\n")
    given = subprocess.run(config, cwd=tmp_path, capture_output=True, text=True)
    assert given.returncode == 0, given.stderr
    assert yaml.safe_load(given.stdout)["services"]["app"]["environment"]["SECRET_KEY"] == "abc"


def compose_client() -> list[str]:
    for client in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(client[0]) and not subprocess.run([*client, "version"], capture_output=True).returncode:
            return client
    pytest.skip("needs a docker compose client: apt install docker-compose")


def test_the_image_runs_as_nobody_special_and_carries_no_secret() -> None:
    lines = [line.split(maxsplit=1) for line in (ROOT / "Dockerfile").read_text().splitlines() if line[:1].isupper()]
    user = [rest for word, rest in lines if word == "USER"]
    assert user and user[-1] not in ("root", "0")
    assert not [rest for word, rest in lines if word in ("ENV", "ARG") and ("SECRET" in rest or "TOKEN" in rest)]
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", ".venv", "data"} <= set(ignored)
