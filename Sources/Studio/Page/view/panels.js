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

/**
 * Puts a control in a panel where the screen is too narrow for it.
 * @param {HTMLElement} control
 * @param {HTMLElement} wide before what it stands on a wide screen
 * @param {HTMLElement} narrow and on a narrow one
 */
export function placeBefore(control, wide, narrow) {
  const query = matchMedia('(max-width: 820px), (max-height: 520px)');
  const move = () => (query.matches ? narrow : wide).before(control);
  query.addEventListener('change', move);
  move();
}
