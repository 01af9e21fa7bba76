import { orbit } from "./orbit.js";

let asked = 0;
let frames = 0;
onmessage = ({ data }) => { asked = data; };
const step = async now => {
  frames++;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array([frames])));
  postMessage({ text: `${name} ${frames} frames, ${digest[0]}, asked at ${asked}`, translate: orbit(now / 1000) });
  requestAnimationFrame(step);
};
requestAnimationFrame(step);
