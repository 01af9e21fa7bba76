// stack: canvas-confetti: a burst in a worker with an OffscreenCanvas, a step each animation frame
// marker: x = 40 + 240 * t
import confetti from "canvas-confetti";
import { mark } from "../marker.js";

confetti.create(undefined, { useWorker: true, resize: true })({
  particleCount: 60,
  spread: 90,
  origin: { y: 0.9 },
  colors: ["#44ff88", "#ffaa44"],
});
mark(40);
document.querySelector("#marker").animate([{ translate: "0" }, { translate: "240px" }], { duration: 1000, fill: "both" });
