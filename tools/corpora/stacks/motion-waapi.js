// stack: Motion without React: a transform that the browser's compositor animates
// marker: x = 40 + 240 * t
import { animate } from "motion";
import { marker } from "../marker.js";

animate(marker, { transform: ["translateX(30px)", "translateX(270px)"] }, { duration: 1, ease: "linear" });
