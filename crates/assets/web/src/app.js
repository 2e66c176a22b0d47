// Everything each page loads. Pages are whole without it: links and forms that the server answers.
//
// Owns the order in which the parts begin. Each part hears events at the document, so that what is swapped in works.
import './htmx.js'
import './bootstrap.js'
import './confirm.js'
import './file_into.js'
import './forms.js'
import './upload.js'
import './busy.js'
import './guard.js'
import './bulk.js'
import './copy.js'
import './keys.js'
import './focus.js'
import './palette.js'
import './toasts.js'
import './islands.js'
import './live.js'
import './page.js'
import './rows.js'

document.documentElement.classList.add('has-js')
