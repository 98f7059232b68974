// Signing in, first use, the learner's own page; people, units, roles and rosters at the desk.
import { defineFeature } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText
const group = () => t('nav.group.people')

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
    {
      place: 'public',
      path: 'my/password',
      name: 'identity.password',
      component: () => import('./public/PasswordPage.vue'),
      signedIn: true,
    },
    { place: 'learn', path: 'me', name: 'identity.me', component: () => import('./learn/MePage.vue') },
    {
      place: 'office',
      path: 'people',
      name: 'identity.people',
      component: () => import('./office/PeoplePage.vue'),
    },
    {
      place: 'office',
      path: 'people/:personId',
      name: 'identity.person',
      component: () => import('./office/PersonPage.vue'),
    },
    {
      place: 'office',
      path: 'rosters',
      name: 'identity.rosters',
      component: () => import('./office/RostersPage.vue'),
    },
    {
      place: 'office',
      path: 'rosters/:rosterImportId',
      name: 'identity.roster',
      component: () => import('./office/RosterPage.vue'),
    },
    {
      place: 'office',
      path: 'org-units',
      name: 'identity.org-units',
      component: () => import('./office/OrgUnitsPage.vue'),
    },
    {
      place: 'office',
      path: 'grants',
      name: 'identity.grants',
      component: () => import('./office/GrantsPage.vue'),
      roles: ['provincial_office', 'administrator'],
    },
  ],
  nav: [
    ...(['public', 'learn', 'teach', 'office'] as const).map((place) => ({
      place,
      to: 'identity.password',
      label: () => t('nav.password'),
      icon: 'lock' as const,
      order: 80,
      slot: 'me' as const,
    })),
    { place: 'learn', to: 'identity.me', label: () => t('nav.me'), icon: 'me', order: 90 },
    {
      place: 'office',
      to: 'identity.people',
      label: () => t('nav.people'),
      icon: 'people',
      order: 70,
      group,
    },
    {
      place: 'office',
      to: 'identity.rosters',
      label: () => t('nav.roster'),
      icon: 'upload',
      order: 72,
      group,
    },
    {
      place: 'office',
      to: 'identity.org-units',
      label: () => t('nav.orgUnits'),
      icon: 'org',
      order: 74,
      group,
    },
    { place: 'office', to: 'identity.grants', label: () => t('nav.grants'), icon: 'lock', order: 76, group },
  ],
})
