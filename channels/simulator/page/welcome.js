// What a stranger sees first, and what an empty conversation offers.
import { state } from "/page/bus.js";
import { avatar, h, logo } from "/page/dom.js";

export const FIRST_WORDS = [
  ["Create a persona", "/persona new"],
  ["Ask for a plan", "3 days in Mombasa for 4 in March, beach and food, not more than 60k shillings each"],
  ["See what Caravan can do", "/help"],
];

export function welcome({ onCreate }) {
  const example = () => onCreate({ title: "Mombasa in March", people: ["Ana", "Ben", "Chi"] });
  const step = (number, title, words) => h("li", {}, h("span", { class: "step", "aria-hidden": "true", text: number }), h("div", {}, h("strong", { text: title }), h("p", { text: words })));
  return h("div", { class: "welcome" },
    h("div", { class: "welcome-mark" }, logo()),
    h("h2", { text: "Plan a trip together, in one thread" }),
    h("p", { class: "lead", text: "Caravan puts your friends and AI travel personas into one conversation. They search, compare, disagree and build the plan; every price shows where it comes from." }),
    h("ol", { class: "steps" },
      step("1", "Create a thread and invite Ana, Ben and Chi", "They are simulated people: you speak as any of them, each in a window of their own if you like."),
      step("2", "Create a persona", "Say /persona new, give it a voice and tastes, and add it to the thread."),
      step("3", "Ask for a plan", "“3 days in Mombasa for 4 in March, beach and food, not more than 60k shillings each.”")),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "choice primary", on: { click: example } }, "Start with Ana, Ben and Chi"), h("button", { type: "button", class: "choice", on: { click: () => onCreate() } }, "An empty thread")));
}

export function opening(place, onWords) {
  return [
    h("div", { class: "opening-faces" }, place.people.slice(0, 6).map((name) => avatar(name))),
    h("h2", { text: place.title }),
    h("p", { class: "soft", text: place.kind === "direct" ? "Only you and Caravan are here." : `${names(place.people)} can talk here. Nothing has been said yet.` }),
    h("div", { class: "buttons" }, FIRST_WORDS.map(([label, words]) => h("button", { type: "button", class: "choice", on: { click: () => onWords(words) } }, label))),
  ];
}

export function names(people) {
  const others = people.map((name) => (name === state.me ? "You" : name)).sort((a, b) => (b === "You") - (a === "You"));
  return others.length < 2 ? others.join("") : `${others.slice(0, -1).join(", ")} and ${others.at(-1)}`;
}
