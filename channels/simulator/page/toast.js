// A short word at the edge of the page; errors stay a little longer.
import { friendly } from "/page/api.js";
import { h, icon, iconButton } from "/page/dom.js";
import { t } from "/page/words.js";

export function toast(text, kind = "info") {
  const close = iconButton("close", t("Dismiss"), () => node.remove(), { class: "small" });
  const node = h("div", { class: `toast ${kind}` }, icon(kind === "error" ? "alert" : "check"), h("span", { text }), close);
  const box = document.getElementById("toasts");
  while (box.children.length > 2) box.firstChild.remove();
  box.append(node);
  setTimeout(() => node.remove(), kind === "error" ? 9000 : 4000);
}

export function sorry(error) {
  toast(friendly(error), "error");
}
