setInterval(() => postMessage(`worker ${Math.round(performance.now() / 100)}`), 100);
