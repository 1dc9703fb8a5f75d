# What ./quickstart and ./check share: installing what is missing, and the one build.
# Sourced, never run; the caller stands at the root of the repository.

# install_missing quickstart|check: installs the Debian packages that are not there, and the npm ones.
install_missing() {
  local wanted=() missing=() package
  if [ "$1" = quickstart ]; then
    mapfile -t wanted < <(sed '/^# tests/,$d' .ci/packages.txt | grep -v '^#')
  else
    mapfile -t wanted < <(grep -v '^#' .ci/packages.txt)
  fi
  for package in "${wanted[@]}"; do
    case "$package" in
      nodejs | npm) command -v "${package/nodejs/node}" >/dev/null && continue ;;
    esac
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
      command -v sudo >/dev/null || {
        echo "These Debian packages are missing, and only root can install them:" >&2
        echo "  apt-get install --no-remove --no-install-recommends ${missing[*]}" >&2
        exit 1
      }
      as_root=(sudo)
    fi
    echo "== installing ${missing[*]}"
    "${as_root[@]}" apt-get update -q >/dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-remove --no-install-recommends "${missing[@]}" >/dev/null
  fi
  # What only the tests use is left out for a user, unless it is there already.
  local installed=node_modules/.installed-lock only=()
  if [ "$1" = quickstart ] && ! cmp -s package-lock.json $installed; then
    installed=node_modules/.installed-lock-for-use
    only=(--omit=dev)
  fi
  if ! cmp -s package-lock.json $installed; then
    echo "== installing the territory data (npm)"
    npm ci "${only[@]}" --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json $installed
  fi
}

# build ON|OFF TARGET...: configures the release build, with or without the tests, and builds.
build() {
  local tests=$1
  shift
  echo "== building"
  cmake --preset release -DMAILLAGE_BUILD_TESTS="$tests" -DMAILLAGE_BUILD_BENCHES="$tests" >build.log 2>&1 ||
    { cat build.log >&2; exit 1; }
  cmake --build --preset release --target "$@" >build.log 2>&1 || { tail -n 60 build.log >&2; exit 1; }
  rm -f build.log
}
