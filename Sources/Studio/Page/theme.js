// Runs before anything is drawn, so that a chosen theme does not flash in the other.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('clara.theme');
  } catch {
    // Without storage the system's theme holds.
  }
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
