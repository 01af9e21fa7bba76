// stack: React by Vite: CSS transitions by classes, an SVG and a style as modules
// vite: react
// marker: x = 40 + 240 * t
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
    const [moved, setMoved] = useState(false);
    useEffect(() => {
        setTimeout(() => setMoved(true), 0);
    }, []);
    return <b id="marker" style={{ transition: "transform 1s linear", transform: `translateX(${moved ? 270 : 30}px)` }} />;
}
createRoot(document.querySelector("#app")).render(<App />);
