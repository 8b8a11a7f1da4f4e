// Runs before the first paint, so that nobody sees a flash of the other theme.
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Without storage, the system's theme is shown.
  }
})();
