// stack: mo.js: a burst and an Html module
// note: its module stays at its start for two frames
// marker: x = 40 + 240 * t
import { Burst, Html } from "@mojs/core";
import { marker } from "../marker.js";

new Html({ el: marker, x: { 30: 270 }, duration: 1000, easing: "linear.none" }).play();
new Burst({ left: 160, top: 140, radius: { 0: 30 }, count: 6, children: { fill: "#4f8", duration: 800 } }).play();
