# opencc_configs DICTIONARIES OUT: OpenCC's configurations over the text dictionaries that hantally was
# built with, in the form that every OpenCC since 1.0 reads: OUT/NAME.json for each conversion.
# To be sourced; needs opencc_dict.

# chain PHRASES DICTIONARY... [-- DICTIONARY...]: a configuration; PHRASES cut the text, - for the
# chain's own first dictionary. What an older edition lacks is left out.
chain() {
    printf '{"name":"x",'
    phrases=$1
    if [ "$phrases" = - ]; then
        for d; do
            phrases=$d
            [ ! -e "$work_dictionaries/$d.ocd2" ] || break
        done
    fi
    printf '"segmentation":{"type":"mmseg","dict":{"type":"ocd2","file":"%s.ocd2"}},' "$phrases"
    printf '"conversion_chain":[{"dict":{"type":"group","dicts":['
    shift
    comma=
    for d; do
        if [ "$d" = -- ]; then
            printf ']}},{"dict":{"type":"group","dicts":['
            comma=
        elif [ -e "$work_dictionaries/$d.ocd2" ]; then
            printf '%s{"type":"ocd2","file":"%s.ocd2"}' "$comma" "$d"
            comma=,
        fi
    done
    printf ']}}]}'
}

opencc_configs() {
    work_dictionaries=$2
    for d in "$1"/*.txt; do
        [ ! -s "$d" ] || grep -v '^#' "$d" >"$2/$(basename "$d")"
    done
    # older editions know no union of dictionaries: the two of phrases become one
    cat "$2/STPhrases.txt" "$2/STPhrases_GeneratedFromRegionalPhrases.txt" 2>/dev/null |
        LC_ALL=C sort -s -u -t '	' -k 1,1 >"$2/ST.txt" || :
    for d in "$2"/*.txt; do
        opencc_dict -i "$d" -o "${d%.txt}.ocd2" -f text -t ocd2 >/dev/null 2>&1 || :
    done
    s2t='ST STCharacters'
    t2s='TSPhrases TSCharactersExt TSCharacters'
    t2tw='TWVariantsPhrases TWVariants' t2hk='HKVariantsPhrases HKVariants'
    tw2t='TWVariantsRevPhrases TWVariantsRev' hk2t='HKVariantsRevPhrases HKVariantsRev'
    while read -r name phrases chain; do
        eval "chain $phrases $chain" >"$2/$name.json"
    done <<CHAINS
s2t - $s2t
t2s - $t2s
s2tw ST $s2t -- $t2tw
s2hk ST $s2t -- $t2hk
s2twp ST $s2t -- TWPhrases $t2tw
s2hkp ST $s2t -- HKPhrases $t2hk
tw2s TSPhrases $tw2t -- $t2s
hk2s TSPhrases $hk2t -- $t2s
tw2sp TSPhrases TWPhrasesRev $tw2t -- $t2s
hk2sp TSPhrases HKPhrasesRev $hk2t -- $t2s
t2tw - $t2tw
t2hk - $t2hk
tw2t - $tw2t
hk2t - $hk2t
t2jp - JPShinjitaiCharactersRev
jp2t - JPShinjitaiPhrases JPShinjitaiCharacters
CHAINS
}
