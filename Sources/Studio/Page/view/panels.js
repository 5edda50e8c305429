/** Opens each panel beside the button that it belongs to, above or below, whichever has more room. */
export function placePanels() {
  for (const button of document.querySelectorAll('[popovertarget]')) {
    const panel = document.getElementById(button.getAttribute('popovertarget') ?? '');
    panel?.addEventListener('beforetoggle', () => place(panel, button.getBoundingClientRect()));
  }
}

/** @param {HTMLElement} panel @param {DOMRect} beside */
function place(panel, beside) {
  const width = Math.min(330, innerWidth - 20);
  const left = Math.max(10, Math.min(beside.left, innerWidth - width - 10));
  const below = beside.top < innerHeight / 2;
  panel.style.left = `${left}px`;
  panel.style.top = below ? `${beside.bottom + 6}px` : 'auto';
  panel.style.bottom = below ? 'auto' : `${innerHeight - beside.top + 6}px`;
}
