// stack: Rive: its canvas player
// copy: node_modules/@rive-app/canvas/rive.wasm as rive.wasm
// copy: assets/marker.riv as marker.riv
// marker: x = 40 + 240 * t
import { Rive, RuntimeLoader } from "@rive-app/canvas";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
RuntimeLoader.setWasmUrl("rive.wasm");
new Rive({ src: "marker.riv", canvas: document.querySelector("canvas"), autoplay: true, animations: "move" });
