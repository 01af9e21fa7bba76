// stack: D3: transitions, joins, a force simulation
// marker: x = 40 + 240 * t
import * as d3 from "d3";
import "d3-transition"; // a bundler leaves it out otherwise

const svg = d3.select("#app").append("svg").attr("width", 320).attr("height", 180).attr("fill", "#4f8");
svg
  .append("rect")
  .attr("y", 80)
  .attr("width", 20)
  .attr("height", 20)
  .attr("fill", "#f0f")
  .attr("x", 30)
  .transition()
  .duration(1000)
  .ease(d3.easeLinear)
  .attr("x", 270);
svg
  .selectAll("circle")
  .data(d3.range(8))
  .join("circle")
  .attr("cx", d => 20 + 40 * d)
  .attr("cy", 160)
  .transition()
  .delay(d => 50 * d)
  .attr("r", 10);
const nodes = d3.range(12).map(id => ({ id })),
  dots = svg.append("g").selectAll("circle").data(nodes).join("circle").attr("r", 4).attr("fill", "#fa4");
d3.forceSimulation(nodes)
  .force("center", d3.forceCenter(160, 40))
  .force("charge", d3.forceManyBody().strength(-8))
  .on("tick", () => dots.attr("cx", d => d.x).attr("cy", d => d.y));
