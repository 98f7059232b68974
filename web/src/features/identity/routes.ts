// Signing in, first use, and the learner's own page.
import { defineFeature } from '@/shared/feature'
import { commonText } from './messages'

export default defineFeature({
  routes: [
    {
      place: 'public',
      path: 'sign-in',
      name: 'identity.sign-in',
      component: () => import('./public/SignInPage.vue'),
    },
    {
      place: 'public',
      path: 'first-use',
      name: 'identity.first-use',
      component: () => import('./public/FirstUsePage.vue'),
    },
    { place: 'learn', path: 'me', name: 'identity.me', component: () => import('./learn/MePage.vue') },
  ],
  nav: [{ place: 'learn', to: 'identity.me', label: () => commonText.t('nav.me'), icon: 'me', order: 90 }],
})
