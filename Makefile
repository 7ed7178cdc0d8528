# hantally. `make setup` installs what is missing, `make` builds $(B)/hantally, `make test` tests.
# Another build folder: make B=build-mine ; sanitizers: make asan (builds and tests in build-asan).

B ?= build
CC ?= cc
VERSION := 0.1.0
PACKAGES := libxml-2.0 libpcre2-32 sqlite3 yaml-0.1 json-c libxxhash libmicrohttpd xlsxwriter zlib
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wformat=2 -Wundef -Wwrite-strings $(WERROR)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -pthread -I. -I$(B) $(WARN) $(CFLAGS) $(SANITIZE) \
	-DHT_TABLES='"$(B)/tables"' -DHT_VERSION='"$(VERSION)"' \
	-DPCRE2_CODE_UNIT_WIDTH=32 $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES)))
LIBS = $(shell pkg-config --libs $(PACKAGES)) -lm

# In order of dependency: a folder may use those named before it (make layers checks it).
FOLDERS := base corpus normalize extract/passage extract/time extract/page extract/quantity \
	extract/region extract/codebook extract/figure stats report review cli
SOURCES = $(foreach f,$(FOLDERS),$(wildcard $(f)/*.c))
lib = $(B)/lib/$(subst /,-,$(1)).a
LIB_FILES = $(foreach f,$(FOLDERS),$(if $(wildcard $(f)/*.c),$(call lib,$(f))))

.PHONY: all
all: $(B)/hantally

$(B)/hantally: $(LIB_FILES)
	$(CC) $(ALL_CFLAGS) -o $@ -Wl,--start-group $(LIB_FILES) -Wl,--end-group $(LIBS)

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

define folder_rule
$(call lib,$(1)): $(patsubst %.c,$(B)/%.o,$(wildcard $(1)/*.c))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_rule,$(f))))

# Table compilers: data/build/NAME.c -> $(B)/tools/NAME; data/build/NAME.mk says what each reads.
$(B)/tools/%: data/build/%.c $(B)/data/build/inputs.o $(call lib,base) Makefile
	@mkdir -p $(@D) $(B)/tables
	$(CC) $(ALL_CFLAGS) -o $@ $< $(B)/data/build/inputs.o $(call lib,base) $(LIBS)
$(B)/data/build/inputs.o: data/build/inputs.h
include $(wildcard data/build/*.mk)

# Unit tests: tests/unit/FOLDER/test_NAME.c, linked with the folder's library and those before it.
TESTS = $(sort $(wildcard $(foreach f,$(FOLDERS),tests/unit/$(f)/test_*.c)))
TEST_PROGRAMS = $(patsubst tests/unit/%.c,$(B)/unit/%,$(TESTS))
NEEDS_base := base
NEEDS_corpus := corpus base
NEEDS_normalize := normalize base
NEEDS_extract/passage := extract/passage normalize base
NEEDS_extract/time := extract/time extract/passage normalize base
NEEDS_extract/page := extract/page extract/time extract/passage normalize base
NEEDS_extract/quantity := extract/quantity extract/time extract/passage normalize base
NEEDS_extract/region := extract/region extract/time extract/passage normalize base
NEEDS_extract/codebook := extract/codebook extract/quantity extract/time extract/passage normalize base
NEEDS_extract/figure := extract/figure extract/region $(NEEDS_extract/codebook)
NEEDS_stats := stats $(NEEDS_extract/figure)
NEEDS_report := report stats extract/page $(NEEDS_extract/figure)
NEEDS_review := review $(NEEDS_stats)
NEEDS_cli := cli review report stats corpus extract/page $(NEEDS_extract/figure)
define test_rule
$(B)/unit/$(1)/%: tests/unit/$(1)/%.c $(foreach f,$(NEEDS_$(1)),$(call lib,$(f)))
	@mkdir -p $$(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -o $$@ $$< $(foreach f,$(NEEDS_$(1)),$(call lib,$(f))) -lcmocka $(LIBS)
endef
$(foreach f,$(FOLDERS),$(eval $(call test_rule,$(f))))

# Fuzz targets: tests/fuzz/TARGET.c. With driver.c they read files once (part of `make test`); `make fuzz`
# links them with libFuzzer instead. Run: build-fuzz/fuzz/TARGET -dict=tests/fuzz/words.dict FOLDER
FUZZ_TARGETS := normalize page figure codebook json join review
FUZZ_MAIN ?= tests/fuzz/driver.c
FUZZ_PROGRAMS = $(FUZZ_TARGETS:%=$(B)/fuzz/%)
$(B)/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(FUZZ_MAIN) $(LIB_FILES)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) -o $@ $< $(FUZZ_MAIN) -Wl,--start-group $(LIB_FILES) \
	    -Wl,--end-group $(LIBS)

# ---- what people call ----

PREFIX ?= /usr/local
HEADERS = $(foreach f,$(FOLDERS),$(wildcard $(f)/*.h))
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

.PHONY: unit-build unit-programs unit test asan asan-build fuzz fuzz-programs layers lint format golden-record \
	setup install clean
unit-build: $(TEST_PROGRAMS) fuzz-programs
fuzz-programs: $(FUZZ_PROGRAMS)
unit-programs:
	@echo $(TEST_PROGRAMS)
unit: $(TEST_PROGRAMS)
	@for t in $(TEST_PROGRAMS); do $$t || exit 1; done

test:
	sh test.sh

# What was fetched once is not fetched again for another build folder.
share_fetched = mkdir -p $(1) && if [ -e $(B)/fetched/sources.txt ] && [ ! -e $(1)/fetched ]; \
	then cp -rp $(B)/fetched $(1)/; fi

asan-build:
	@$(call share_fetched,build-asan)
	$(MAKE) B=build-asan CFLAGS='-O1 -g' SANITIZE='$(SANITIZERS)' all unit-build
asan: asan-build
	$(MAKE) B=build-asan unit
	sh tests/golden/run.sh build-asan/hantally

fuzz:
	@$(call share_fetched,build-fuzz)
	$(MAKE) B=build-fuzz CC=clang CFLAGS='-O1 -g -Wno-string-conversion' FUZZ_MAIN= FUZZ_LINK=-fsanitize=fuzzer \
	    SANITIZE='-fsanitize=fuzzer-no-link $(SANITIZERS)' fuzz-programs

layers:
	@sh tests/layers.sh $(FOLDERS)

# gcc with -Werror builds; clang warns too; cppcheck is the one static analyser.
lint: $(patsubst %.c,$(B)/lint/%.ok,$(SOURCES))
	@$(call share_fetched,build-lint)
	$(MAKE) B=build-lint WERROR=-Werror all
	cppcheck -q --std=c11 --enable=warning,portability --suppressions-list=tests/cppcheck.txt \
	    -I. -DHT_TABLES='"x"' -DHT_VERSION='"x"' --error-exitcode=1 \
	    --template='{file}:{line}: {message} [{id}]' --template-location= \
	    $(sort $(dir $(SOURCES))) data/build bench
$(B)/lint/%.ok: %.c $(HEADERS) | all
	@mkdir -p $(@D)
	clang $(ALL_CFLAGS) -Wno-string-conversion -Werror -fsyntax-only $<
	@touch $@

format:
	clang-format -i $(SOURCES) $(HEADERS) $(TESTS)

golden-record: $(B)/hantally
	sh tests/golden/run.sh $(B)/hantally --record

include bench/bench.mk

setup:
	sh setup.sh

install: $(B)/hantally
	install -D -m 755 $(B)/hantally $(DESTDIR)$(PREFIX)/bin/hantally

clean:
	rm -rf $(B)

-include $(patsubst %.c,$(B)/%.d,$(SOURCES)) $(TEST_PROGRAMS:%=%.d)
