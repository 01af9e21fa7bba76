// stack: wavesurfer.js: a waveform, its cursor by the time of the sound
// copy: assets/tone.wav as tone.wav
// marker: x = 160 * s + 1.5
import WaveSurfer from "wavesurfer.js";

const waves = WaveSurfer.create({
  container: "#app",
  url: "tone.wav",
  waveColor: "#4f8",
  progressColor: "#48f",
  cursorColor: "#f0f",
  cursorWidth: 3,
  width: 320,
});
waves.on("ready", () => waves.play());
