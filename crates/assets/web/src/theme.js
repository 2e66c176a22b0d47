// Follows the system where nobody chose: <html data-theme="auto">. The stylesheet does most of it by itself; this is for
// rules that ask for data-bs-theme.
const root = document.documentElement
if (root.dataset.theme === 'auto') {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => (root.dataset.bsTheme = dark.matches ? 'dark' : 'light')
  dark.addEventListener('change', follow)
  follow()
}
