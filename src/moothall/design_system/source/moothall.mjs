// Makes pages that already work without it more comfortable. Nothing may depend on it.
import {
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  FileUpload,
  isSupported,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs
} from 'govuk-frontend'

document.body.classList.add('js-enabled')

if (isSupported() || 'noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
  createAll(Button, { preventDoubleClick: true })
  for (const component of [
    Accordion,
    CharacterCount,
    Checkboxes,
    ErrorSummary,
    FileUpload,
    NotificationBanner,
    PasswordInput,
    Radios,
    ServiceNavigation,
    SkipLink,
    Tabs
  ]) {
    createAll(component)
  }
}
