// stack: dotLottie: the player in a worker
// copy: node_modules/@lottiefiles/dotlottie-web/dist/dotlottie-player.wasm as dotlottie-player.wasm
// marker: x = 40 + 240 * t
import { DotLottieWorker } from "@lottiefiles/dotlottie-web";
import { animation } from "../lottie.js";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180" style="width: 320px; height: 180px"></canvas>';
DotLottieWorker.setWasmUrl(new URL("dotlottie-player.wasm", location.href).href);
new DotLottieWorker({ canvas: document.querySelector("canvas"), data: JSON.stringify(animation), autoplay: true, loop: false });
