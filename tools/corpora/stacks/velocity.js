// stack: Velocity: a sequence
// marker: x = 40 + 240 * t
import Velocity from "velocity-animate";
import { mark } from "../marker.js";

mark(40);
Velocity(document.querySelector("#marker"), { left: ["270px", "30px"] }, { duration: 1000, easing: "linear" });
