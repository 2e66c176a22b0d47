// Follows the system where nobody chose: <html data-bs-theme="auto">. Loaded before the page is drawn.
const root = document.documentElement
if (root.dataset.bsTheme === 'auto') {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => (root.dataset.bsTheme = dark.matches ? 'dark' : 'light')
  dark.addEventListener('change', follow)
  follow()
}
