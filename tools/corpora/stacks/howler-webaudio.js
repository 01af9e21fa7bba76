// stack: howler: a sound by Web Audio, its position shown
// copy: assets/tone.wav as tone.wav
// marker: x = 40 + 240 * t
import { Howl } from "howler";
import { mark } from "../marker.js";

mark(40);
const sound = new Howl({ src: ["tone.wav"] });
sound.play();
requestAnimationFrame(function step() {
  mark(40 + 240 * Math.min(1, sound.seek()));
  requestAnimationFrame(step);
});
