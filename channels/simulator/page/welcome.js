// What a stranger sees first, and what an empty conversation offers.
import { state } from "/page/bus.js";
import { avatar, h, logo } from "/page/dom.js";
import { t } from "/page/words.js";

export const FIRST_WORDS = [
  [t("Create a persona"), "/persona new"],
  [t("Ask for a plan"), t("3 days in Mombasa for 4 in March, beach and food, not more than 60k shillings each")],
  [t("See what Caravan can do"), "/help"],
];

export function welcome({ onCreate }) {
  const example = () => onCreate({ title: t("Mombasa in March"), people: ["Ana", "Ben", "Chi"] });
  const step = (number, title, words) => h("li", {}, h("span", { class: "step", "aria-hidden": "true", text: number }), h("div", {}, h("strong", { text: title }), h("p", { text: words })));
  return h("div", { class: "welcome" },
    h("div", { class: "welcome-mark" }, logo()),
    h("h2", { text: t("Plan a trip together, in one thread") }),
    h("p", { class: "lead", text: t("Caravan puts your friends and AI travel personas into one conversation. They search, compare, disagree and build the plan; every price shows where it comes from.") }),
    h("ol", { class: "steps" },
      step("1", t("Create a thread and invite Ana, Ben and Chi"), t("They are simulated people: you speak as any of them, each in a window of their own if you like.")),
      step("2", t("Create a persona"), t("Say /persona new, give it a voice and tastes, and add it to the thread.")),
      step("3", t("Ask for a plan"), t("“3 days in Mombasa for 4 in March, beach and food, not more than 60k shillings each.”"))),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "choice primary", on: { click: example } }, t("Start with Ana, Ben and Chi")), h("button", { type: "button", class: "choice", on: { click: () => onCreate() } }, t("An empty thread"))));
}

export function opening(place, onWords) {
  return [
    h("div", { class: "opening-faces" }, place.people.slice(0, 6).map((name) => avatar(name))),
    h("h2", { text: place.title }),
    h("p", { class: "soft", text: place.kind === "direct" ? t("Only you and Caravan are here.") : t("{names} can talk here. Nothing has been said yet.", { names: names(place.people) }) }),
    h("div", { class: "buttons" }, FIRST_WORDS.map(([label, words]) => h("button", { type: "button", class: "choice", on: { click: () => onWords(words) } }, label))),
  ];
}

export function names(people) {
  const others = people.map((name) => (name === state.me ? t("You") : name)).sort((a, b) => (b === t("You")) - (a === t("You")));
  return others.length < 2 ? others.join("") : t("{most} and {last}", { most: others.slice(0, -1).join(", "), last: others.at(-1) });
}
