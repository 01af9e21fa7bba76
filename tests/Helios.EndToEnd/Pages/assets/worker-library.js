const label = () => `${location.pathname.split("/").pop()} ${new Date().toISOString().slice(17, 23)}`;
