# bash completion of seedance-tui, in ~/.bashrc:
# eval "$(seedance-tui completion bash)"
_seedance_tui_cases() {
    verbs='add compare completion doctor download edit export frames help history link list paths remove schema show wait watch'
    options='' operands='' ids='' takes='' words=''
    case $1 in
        add) options='--label --note --prompt --tag --format --raw-csv --fields --config --watchlist --history --lang --verbose' operands='' ids=1 ;;
        compare) options='--at -o --output --api-key-file --base-url --config --watchlist --history --download-dir --lang --verbose' operands='' ids=1 ;;
        completion) options='--config --watchlist --lang' operands='bash zsh fish' ids='' ;;
        doctor) options='--offline --api-key-file --base-url --config --watchlist --history --download-dir --lang --verbose' operands='' ids='' ;;
        download) options='--filter --all --original --both --last-frame --wait --timeout --grace -o --output --dir --verify --refresh --format --fields --api-key-file --base-url --config --watchlist --history --interval --lang --verbose' operands='' ids=1 ;;
        edit) options='--label --note --prompt --tag --untag --format --raw-csv --fields --config --watchlist --history --lang --verbose' operands='' ids=1 ;;
        export) options='--filter --offline --refresh --format --raw-csv --fields -o --output --api-key-file --base-url --config --watchlist --history --download-dir --lang --verbose' operands='' ids='' ;;
        frames) options='--at --grid --original -o --output --api-key-file --base-url --config --watchlist --history --download-dir --lang --verbose' operands='' ids=1 ;;
        help) options='--man --lang' operands='add compare completion doctor download edit export frames help history link list paths remove schema show wait watch exit json' ids='' ;;
        history) options='--config --watchlist --history --download-dir --lang --verbose' operands='' ids=1 ;;
        link) options='--original --last-frame --min-left --format --raw-csv --fields --api-key-file --base-url --config --watchlist --history --lang --verbose' operands='' ids=1 ;;
        list) options='--filter --sort --reverse --limit --offline --refresh --format --raw-csv --fields --archived --api-key-file --base-url --config --watchlist --history --download-dir --lang --verbose' operands='' ids='' ;;
        paths) options='--config --watchlist --history --download-dir --lang --verbose' operands='config api_key watchlist archive history queue questions choices download_dir posters log' ids='' ;;
        remove) options='--filter --format --raw-csv --fields --config --watchlist --history --download-dir --lang --verbose' operands='' ids=1 ;;
        schema) options='--lang --verbose' operands='task event error' ids='' ;;
        show) options='--offline --refresh --format --raw-csv --fields --raw --api-key-file --base-url --config --watchlist --history --download-dir --lang --verbose' operands='' ids=1 ;;
        wait) options='--filter --all --any --timeout --grace --save --refresh --format --fields --api-key-file --base-url --config --watchlist --history --download-dir --interval --lang --verbose' operands='' ids=1 ;;
        watch) options='--filter --format --api-key-file --base-url --config --watchlist --history --download-dir --interval --lang --verbose' operands='' ids=1 ;;
    esac
    case "$1 $2" in
        ' --api-key-file') takes=file words='' ;;
        ' --base-url') takes=text words='' ;;
        ' --config') takes=file words='' ;;
        ' --watchlist') takes=file words='' ;;
        ' --history') takes=file words='' ;;
        ' --download-dir') takes=folder words='' ;;
        ' --interval') takes=text words='' ;;
        ' --lang') takes=words words='en zh' ;;
        'add --label') takes=text words='' ;;
        'add --note') takes=text words='' ;;
        'add --prompt') takes=text words='' ;;
        'add --tag') takes=tag words='' ;;
        'add --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'add --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'add --config') takes=file words='' ;;
        'add --watchlist') takes=file words='' ;;
        'add --history') takes=file words='' ;;
        'add --lang') takes=words words='en zh' ;;
        'compare --at') takes=text words='' ;;
        'compare -o') takes=file words='' ;;
        'compare --output') takes=file words='' ;;
        'compare --api-key-file') takes=file words='' ;;
        'compare --base-url') takes=text words='' ;;
        'compare --config') takes=file words='' ;;
        'compare --watchlist') takes=file words='' ;;
        'compare --history') takes=file words='' ;;
        'compare --download-dir') takes=folder words='' ;;
        'compare --lang') takes=words words='en zh' ;;
        'completion --config') takes=file words='' ;;
        'completion --watchlist') takes=file words='' ;;
        'completion --lang') takes=words words='en zh' ;;
        'doctor --api-key-file') takes=file words='' ;;
        'doctor --base-url') takes=text words='' ;;
        'doctor --config') takes=file words='' ;;
        'doctor --watchlist') takes=file words='' ;;
        'doctor --history') takes=file words='' ;;
        'doctor --download-dir') takes=folder words='' ;;
        'doctor --lang') takes=words words='en zh' ;;
        'download --filter') takes=filter words='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'download --timeout') takes=text words='' ;;
        'download --grace') takes=text words='' ;;
        'download -o') takes=text words='' ;;
        'download --output') takes=text words='' ;;
        'download --dir') takes=folder words='' ;;
        'download --format') takes=words words='tsv ids json ndjson' ;;
        'download --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'download --api-key-file') takes=file words='' ;;
        'download --base-url') takes=text words='' ;;
        'download --config') takes=file words='' ;;
        'download --watchlist') takes=file words='' ;;
        'download --history') takes=file words='' ;;
        'download --interval') takes=text words='' ;;
        'download --lang') takes=words words='en zh' ;;
        'edit --label') takes=text words='' ;;
        'edit --note') takes=text words='' ;;
        'edit --prompt') takes=text words='' ;;
        'edit --tag') takes=tag words='' ;;
        'edit --untag') takes=tag words='' ;;
        'edit --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'edit --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'edit --config') takes=file words='' ;;
        'edit --watchlist') takes=file words='' ;;
        'edit --history') takes=file words='' ;;
        'edit --lang') takes=words words='en zh' ;;
        'export --filter') takes=filter words='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'export --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'export --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'export -o') takes=file words='' ;;
        'export --output') takes=file words='' ;;
        'export --api-key-file') takes=file words='' ;;
        'export --base-url') takes=text words='' ;;
        'export --config') takes=file words='' ;;
        'export --watchlist') takes=file words='' ;;
        'export --history') takes=file words='' ;;
        'export --download-dir') takes=folder words='' ;;
        'export --lang') takes=words words='en zh' ;;
        'frames --at') takes=text words='' ;;
        'frames --grid') takes=text words='' ;;
        'frames -o') takes=file words='' ;;
        'frames --output') takes=file words='' ;;
        'frames --api-key-file') takes=file words='' ;;
        'frames --base-url') takes=text words='' ;;
        'frames --config') takes=file words='' ;;
        'frames --watchlist') takes=file words='' ;;
        'frames --history') takes=file words='' ;;
        'frames --download-dir') takes=folder words='' ;;
        'frames --lang') takes=words words='en zh' ;;
        'help --lang') takes=words words='en zh' ;;
        'history --config') takes=file words='' ;;
        'history --watchlist') takes=file words='' ;;
        'history --history') takes=file words='' ;;
        'history --download-dir') takes=folder words='' ;;
        'history --lang') takes=words words='en zh' ;;
        'link --min-left') takes=text words='' ;;
        'link --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'link --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'link --api-key-file') takes=file words='' ;;
        'link --base-url') takes=text words='' ;;
        'link --config') takes=file words='' ;;
        'link --watchlist') takes=file words='' ;;
        'link --history') takes=file words='' ;;
        'link --lang') takes=words words='en zh' ;;
        'list --filter') takes=filter words='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'list --sort') takes=words words='needs name status progress age link model tokens added' ;;
        'list --limit') takes=text words='' ;;
        'list --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'list --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'list --api-key-file') takes=file words='' ;;
        'list --base-url') takes=text words='' ;;
        'list --config') takes=file words='' ;;
        'list --watchlist') takes=file words='' ;;
        'list --history') takes=file words='' ;;
        'list --download-dir') takes=folder words='' ;;
        'list --lang') takes=words words='en zh' ;;
        'paths --config') takes=file words='' ;;
        'paths --watchlist') takes=file words='' ;;
        'paths --history') takes=file words='' ;;
        'paths --download-dir') takes=folder words='' ;;
        'paths --lang') takes=words words='en zh' ;;
        'remove --filter') takes=filter words='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'remove --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'remove --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'remove --config') takes=file words='' ;;
        'remove --watchlist') takes=file words='' ;;
        'remove --history') takes=file words='' ;;
        'remove --download-dir') takes=folder words='' ;;
        'remove --lang') takes=words words='en zh' ;;
        'schema --lang') takes=words words='en zh' ;;
        'show --format') takes=words words='table tsv csv markdown html ids json ndjson' ;;
        'show --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'show --api-key-file') takes=file words='' ;;
        'show --base-url') takes=text words='' ;;
        'show --config') takes=file words='' ;;
        'show --watchlist') takes=file words='' ;;
        'show --history') takes=file words='' ;;
        'show --download-dir') takes=folder words='' ;;
        'show --lang') takes=words words='en zh' ;;
        'wait --filter') takes=filter words='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'wait --timeout') takes=text words='' ;;
        'wait --grace') takes=text words='' ;;
        'wait --format') takes=words words='tsv ids json ndjson' ;;
        'wait --fields') takes=fields words='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'wait --api-key-file') takes=file words='' ;;
        'wait --base-url') takes=text words='' ;;
        'wait --config') takes=file words='' ;;
        'wait --watchlist') takes=file words='' ;;
        'wait --history') takes=file words='' ;;
        'wait --download-dir') takes=folder words='' ;;
        'wait --interval') takes=text words='' ;;
        'wait --lang') takes=words words='en zh' ;;
        'watch --filter') takes=filter words='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'watch --format') takes=words words='lines ndjson' ;;
        'watch --api-key-file') takes=file words='' ;;
        'watch --base-url') takes=text words='' ;;
        'watch --config') takes=file words='' ;;
        'watch --watchlist') takes=file words='' ;;
        'watch --history') takes=file words='' ;;
        'watch --download-dir') takes=folder words='' ;;
        'watch --interval') takes=text words='' ;;
        'watch --lang') takes=words words='en zh' ;;
    esac
}
_seedance_tui() {
    local line=${COMP_LINE:0:COMP_POINT} cur=${COMP_WORDS[COMP_CWORD]} before verb='' head='' word
    local verbs options operands ids takes words offers=() IFS=$' \t\n'
    case $cur in
        [\"\']*)
            head=${cur:0:1} cur=${cur:1} before=${COMP_WORDS[COMP_CWORD-1]}
            case $cur in *' '*) head="$head${cur% *} " cur=${cur##* } ;; esac ;;
        *)
            cur=${line##*[[:space:]]}
            before=${line%"$cur"} before=${before%"${before##*[![:space:]]}"}
            before=${before##*[[:space:]]} ;;
    esac
    case $cur in --*=*) before=${cur%%=*} cur=${cur#*=} ;; esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        _seedance_tui_cases '' ''
        case " $verbs " in *" $word "*) verb=$word; break ;; esac
    done
    _seedance_tui_cases "$verb" "$before"
    compopt +o nospace 2>/dev/null
    case $takes in
        words) offers=($(compgen -W "$words" -- "$cur")) ;;
        file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        folder) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); return ;;
        fields)
            case $cur in *,*) head="$head${cur%,*}," cur=${cur##*,} ;; esac
            compopt -o nospace 2>/dev/null; offers=($(compgen -W "$words" -- "$cur")) ;;
        filter)
            case $cur in '!'*) head="$head!" cur=${cur:1} ;; esac
            case $cur in
                tag:*) IFS=$'\n'
                    offers=($(seedance-tui completion tags "${cur#tag:}" 2>/dev/null))
                    offers=("${offers[@]/#/tag:}") ;;
                *) compopt -o nospace 2>/dev/null; offers=($(compgen -W "$words" -- "$cur")) ;;
            esac ;;
        tag) IFS=$'\n'; offers=($(seedance-tui completion tags "$cur" 2>/dev/null)) ;;
        text) return ;;
        *)
            case $cur in
                -*) offers=($(compgen -W "$options" -- "$cur")) ;;
                *)
                    [ -n "$verb" ] || operands=$verbs ids=1
                    offers=($(compgen -W "$operands" -- "$cur"))
                    if [ -n "$ids" ]; then
                        IFS=$'\n'
                        offers+=($(seedance-tui completion ids "$cur" 2>/dev/null | cut -f1))
                    fi ;;
            esac ;;
    esac
    # Readline replaces what stands behind the last of its own word breaks.
    local kept=''
    case ${COMP_WORDS[COMP_CWORD]} in
        [\"\']*) ;;
        *)
            word=${line##*[[:space:]]} kept=${word%"${word##*[$COMP_WORDBREAKS]}"}
            case $word in --*=*) head="${word%%=*}=$head" ;; esac ;;
    esac
    COMPREPLY=()
    for word in "${offers[@]}"; do word=$head$word; COMPREPLY+=("${word#"$kept"}"); done
}
complete -F _seedance_tui seedance-tui
