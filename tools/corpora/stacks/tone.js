// stack: Tone.js: its transport's clock; its sound is not in the video
// marker: x = 40 + 240 * t
import * as Tone from "tone";
import { mark } from "../marker.js";

mark(40);
const synth = new Tone.Synth().toDestination();
const transport = Tone.getTransport();
new Tone.Loop(time => synth.triggerAttackRelease("C4", "16n", time), "8n").start(0);
await Tone.start();
transport.start();
requestAnimationFrame(function step() {
  mark(40 + 240 * Math.min(1, transport.seconds));
  requestAnimationFrame(step);
});
