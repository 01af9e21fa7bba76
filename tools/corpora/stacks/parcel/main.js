import places from "./places.json";

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  document.querySelector("p").textContent = data;
};
document
  .querySelector("#marker")
  .animate([{ translate: `${places.from}px` }, { translate: `${places.to}px` }], { duration: 1000, fill: "both" });
