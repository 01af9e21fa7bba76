// stack: jQuery: animate, fadeIn, a queue
// marker: x = 40 + 240 * t
import $ from "jquery";
import { mark } from "../marker.js";

mark(40);
$("#marker").animate({ left: 270 }, { duration: 1000, easing: "linear" });
$("<p>fades in</p>").appendTo("#app").hide().delay(200).fadeIn(400).slideUp(300);
