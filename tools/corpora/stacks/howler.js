// stack: howler: a sound by an audio element, its position shown
// copy: assets/tone.wav as tone.wav
// marker: x = 40 + 240 * t
import { Howl } from "howler";
import { mark } from "../marker.js";

mark(40);
const sound = new Howl({ src: ["tone.wav"], html5: true });
sound.play();
requestAnimationFrame(function step() {
  mark(40 + 240 * Math.min(1, sound.seek()));
  requestAnimationFrame(step);
});
