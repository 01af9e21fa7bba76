/** @jsxImportSource preact */
// stack: Preact: hooks and animation frames
// marker: x = 40 + 240 * t
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";

function App() {
    const [x, setX] = useState(40);
    useEffect(() => {
        const start = performance.now();
        requestAnimationFrame(function step(now) {
            setX(40 + 0.24 * Math.min(1000, now - start));
            requestAnimationFrame(step);
        });
    }, []);
    return <b id="marker" style={{ left: `${x - 10}px` }} />;
}
render(<App />, document.querySelector("#app"));
