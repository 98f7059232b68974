# Two commands are enough: `make run` and `make test`. Each is one script in scripts/.
.PHONY: help run test check dev bench hostile contract
.DEFAULT_GOAL := help

help: ## Say what can be made
	@sed -nE 's/^([a-z]+): ## (.*)/make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

run: ## Build and start Lingxue with a demo training; Ctrl-C stops it
	@scripts/run.sh

test: ## Check everything, on both databases and in a browser
	@scripts/test.sh

check: ## Check the quick part, before a commit
	@scripts/check.sh

dev: ## Start the server in debug build and the web application with live reload
	@scripts/dev.sh

bench: ## Measure, and print the table of figures
	@scripts/bench.sh

hostile: ## Give every public endpoint and every parser its worst input
	@scripts/hostile.sh

contract: ## Ask every operation as each role whether it does what the contract says
	@scripts/contract.sh
