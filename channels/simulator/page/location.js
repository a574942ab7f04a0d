// Share a spot: typed, or where this device is if the person allows it.
import { h, iconButton } from "/page/dom.js";
import { toast } from "/page/toast.js";
import { t } from "/page/words.js";

export function shareLocation(onShare) {
  const number = (id, most, value) => h("input", { type: "number", id, min: -most, max: most, step: "any", required: true, value, inputmode: "decimal" });
  const [lat, lon] = [number("spot-lat", 90, "-4.0435"), number("spot-lon", 180, "39.6682")];
  const here = () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => ([lat.value, lon.value] = [coords.latitude.toFixed(5), coords.longitude.toFixed(5)]),
    () => toast(t("This device does not say where it is. Type the spot instead."), "error"));
  const form = h("form", {},
    h("header", {}, h("h2", { text: t("Share a place on the map") }), iconButton("close", t("Close"), () => dialog.close())),
    h("div", { class: "pair" }, h("div", { class: "field" }, h("label", { for: "spot-lat", text: t("Latitude") }), lat), h("div", { class: "field" }, h("label", { for: "spot-lon", text: t("Longitude") }), lon)),
    h("footer", {}, h("button", { type: "button", class: "choice", on: { click: here } }, t("Where I am")), h("button", { type: "submit", class: "choice primary" }, t("Share"))));
  const dialog = h("dialog", { class: "sheet", "aria-label": t("Share a place on the map") }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    onShare({ lat: Number(lat.value), lon: Number(lon.value) });
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
