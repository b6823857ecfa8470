// The rpm, made with the system's own rpmbuild.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LICENSE, LONG_DESCRIPTION, NAME, SUMMARY } from '../product.mjs'
import { commonOptions, END_APP, make, withOurFiles } from './installer.mjs'

const ARCHES = { x64: 'x86_64', arm64: 'aarch64' }

/** By the names of Fedora or openSUSE. */
const REQUIRES = [
  '(alsa-lib or libasound2)',
  '(at-spi2-core or libatspi0)',
  '(gtk3 or libgtk-3-0)',
  '(libdrm or libdrm2)',
  '(libxkbcommon or libxkbcommon0)',
  '(mesa-libgbm or libgbm1)',
  '(nss or mozilla-nss)',
  'xdg-utils',
]

export const REDHAT_TOOLS = ['rpmbuild']

const redhatInstaller = (Installer) =>
  class extends withOurFiles(Installer) {
    /** Not BUILD, which rpmbuild empties and, since version 4.20, splits by package. */
    get baseAppDir() {
      return join('FILES', 'usr')
    }

    async createSpec() {
      mkdirSync(dirname(this.specPath), { recursive: true })
      writeFileSync(this.specPath, this.spec())
    }

    spec() {
      const { version, revision, fast } = this.options
      return `Name: ${NAME}
Version: ${version}
Release: ${revision}
Summary: ${SUMMARY}
License: ${LICENSE}
Group: Education
Requires: ${REQUIRES.join(', ')}
AutoReqProv: no

# The files are as they shall be: nothing is stripped, linked or renamed.
%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _binary_payload ${fast ? 'w1.gzdio' : 'w6.xzdio'}

%description
${LONG_DESCRIPTION}

%install
mkdir -p %{buildroot}
cp -a %{_topdir}/FILES/. %{buildroot}/

%files
%defattr(-, root, root, -)
/usr/bin/${NAME}
/usr/lib/${NAME}
/usr/share/applications/${NAME}.desktop
/usr/share/mime/packages/${NAME}.xml
%doc /usr/share/doc/${NAME}
/usr/share/icons/hicolor/*/apps/${NAME}.*
/usr/share/icons/hicolor/*/mimetypes/application-x-${NAME}-*

%preun
${readFileSync(END_APP, 'utf8')}`
    }

    async createPackage() {
      const { arch } = this.options
      const args = ['-bb', this.specPath, '--target', `${arch}-none-linux`]
      const { status, stdout, stderr, error } = spawnSync(
        'rpmbuild',
        [...args, '--define', `_topdir ${this.stagingDir}`],
        { encoding: 'utf8' },
      )
      if (status !== 0) throw new Error(`rpmbuild failed: ${error?.message ?? stdout + stderr}`)
    }
  }

export async function makeRpm({ folder, output, arch, fast }) {
  // It cannot be installed on Windows.
  const { default: maker } = await import('electron-installer-redhat')
  const RedhatInstaller = redhatInstaller(maker.Installer)
  return make(
    new RedhatInstaller({
      ...commonOptions({ folder, output }),
      arch: ARCHES[arch],
      rename: (dest) => `${dest}/<%= name %>-<%= version %>-<%= revision %>.<%= arch %>.rpm`,
      revision: '1',
      requires: [],
      platform: 'linux',
      fast,
    }),
  )
}
