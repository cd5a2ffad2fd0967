# Siru: the two commands of the README, and what they are made of.

.DEFAULT_GOAL := help
.PHONY: help demo test check build deb windows test-windows msi test-msi measure screenshots release needs-build needs-test

help:
	@echo "make demo          install what the build needs, then open the window on virtual cards"
	@echo "make test          install what the tests need, then run all of them"
	@echo "make release       build for use: target/release/{siru,siru-desktop,siru-tray,siru-sim,libsiru_pkcs11.so}"
	@echo "make deb           make the Debian packages: target/deb/debian/*.deb"
	@echo "make msi           the installer for Windows, of what make windows makes: target/msi"
	@echo "make test-msi      install, upgrade, repair and remove it under Wine"
	@echo "make windows       build for Windows, here: target/windows/dist"
	@echo "make test-windows  build for Windows and test it under Wine, the installer too"
	@echo "make measure       the numbers in the README: start, memory, idle beside other programs; exchanges"
	@echo "make screenshots   the pictures in the README, taken of the window on virtual cards"

# Says what it installs before it does; does nothing when all is there.
needs-build:
	@.ci/needs build

needs-test:
	@.ci/needs build run test

demo: needs-build
	@.ci/needs run
	cargo run --locked --package siru-desktop -- --demo

build:
	cargo build --locked --workspace

test: needs-test check build deb
	cargo test --locked --workspace --exclude siru-windows-tests --no-fail-fast

check:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- --deny warnings
	.ci/deny

release: needs-build
	cargo build --locked --release --workspace --exclude siru-tests --exclude siru-windows-tests --exclude siru-rasteriser --lib --bins

# The same bytes wherever it runs: see packaging/deb/compile.
deb:
	@.ci/needs build deb
	packaging/deb/build "$(or $(CARGO_TARGET_DIR),target)/deb"

msi: windows
	packaging/msi/build

test-msi: windows
	packaging/msi/test

windows:
	packaging/windows/build

test-windows:
	tests/windows/run

measure:
	@.ci/needs build run test measure
	cargo build --locked --release --workspace --exclude siru-tests --exclude siru-windows-tests --exclude siru-rasteriser --lib --bins
	tests/support/measure.sh
	tests/support/measure-module.sh

screenshots: needs-test
	cargo build --locked --package siru-desktop
	SIRU_SCREENSHOTS=1 cargo test --locked --package siru-tests --test screenshots
