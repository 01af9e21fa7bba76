// stack: Vanta: a background by three.js
// marker: y = 90
import * as THREE from "three";
import net from "vanta/dist/vanta.net.min";
import { mark } from "../marker.js";

mark(40);
const main = document.querySelector("#app");
main.style.cssText = "display: block; width: 320px; height: 180px";
(net.default ?? net)({ el: main, THREE, mouseControls: false, touchControls: false, backgroundColor: 0x101425, color: 0x44ff88 });
