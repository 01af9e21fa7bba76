// stack: lottie-web: its canvas player
// marker: x = 40 + 240 * t
import lottie from "lottie-web";
import { animation } from "../lottie.js";

const container = document.querySelector("#app");
container.style.cssText = "display: block; width: 320px; height: 180px";
lottie.loadAnimation({ container, renderer: "canvas", loop: false, animationData: animation });
