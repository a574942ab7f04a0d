// A small row of reactions beside a message.
import { h } from "/page/dom.js";
import { t } from "/page/words.js";

export const EMOJI = [["👍", t("Like")], ["👎", t("Dislike")], ["❤️", t("Love")], ["😂", t("Laugh")], ["🎉", t("Celebrate")], ["🤔", t("Not sure")]];

export function pickReaction(anchor, choose) {
  document.querySelector(".reaction-picker")?.remove();
  const done = () => (picker.remove(), document.removeEventListener("click", outside, true));
  const outside = (event) => !picker.contains(event.target) && done();
  const pick = (emoji) => () => (done(), choose(emoji), anchor.closest(".message")?.focus());
  const picker = h("div", { class: "reaction-picker", role: "menu", "aria-label": t("React") }, EMOJI.map(([emoji, label]) => h("button", { type: "button", role: "menuitem", class: "emoji", "aria-label": label, title: label, on: { click: pick(emoji) } }, emoji)));
  picker.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = [...picker.children];
    if (step) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    done();
    anchor.closest(".message")?.focus();
  });
  anchor.closest(".bubble-row").append(picker);
  document.addEventListener("click", outside, true);
  picker.firstChild.focus();
}
