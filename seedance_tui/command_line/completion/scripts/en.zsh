#compdef seedance-tui
# zsh completion of seedance-tui; in ~/.zshrc, behind compinit:
# eval "$(seedance-tui completion zsh)"
_seedance_tui() {
    emulate -L zsh
    setopt extended_glob
    local cur=${(Q)PREFIX} before=${words[CURRENT-1]} verb='' word ids='' takes='' given=''
    local -a verbs options operands offers lines tags
    verbs=('add:Add tasks to the watch list.' 'compare:Write the same moment of two videos side by side into a PNG file and print its path. Of one task it is the original and the result, of two their results. --json tells what each is, and how sharp: the variance of the Laplacian of that frame. Needs the extra preview.' 'completion:Print a script that lets a shell complete command lines.' 'doctor:Check settings, API key, network and disk.' 'download:Download videos and print each path.' 'edit:Change label, tags, note or prompt of watched tasks.' 'export:Export the watch list as a table, asking about each task that has not ended.' 'frames:Write frames of videos into a PNG file each and print its path. Saved files are read, others fetched in part. Needs the extra preview.' 'help:Explain a command, the exit statuses or the JSON.' 'history:Print what was heard of tasks and when, out of the history; nobody is asked.' 'link:Print the link to each task’s video.' 'list:List the watched tasks, asking about each that has not ended.' 'paths:Print the locations of the program’s files.' 'remove:Remove tasks from the watch list, into the archive; downloaded files are kept.' 'schema:Print the JSON Schema (2020-12) of a task, an event or an error.' 'show:Show all fields of tasks, watched or not. --json prints an array of records.' 'wait:Wait until tasks finish, printing one line per change.' 'watch:Print events as they happen, until interrupted; save videos and run hooks.')
    for word in "${(@)words[2,CURRENT-1]}"; do
        if (( ${verbs[(I)${word}:*]} )); then verb=$word; break; fi
    done
    if [[ $PREFIX == --*=* ]]; then
        before=${PREFIX%%=*}
        compset -P '*='
        cur=${(Q)PREFIX}
    fi
    case $verb in
        add) ids=1 operands=() options=('--label:what to call the tasks' '--note:a note about the tasks' '--prompt:the prompt of the tasks' '--tag:a tag; may be repeated' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        compare) ids=1 operands=() options=('--at:the moment: seconds (2.5s) or a share of the duration (50%), the default' '-o:the PNG file, or a folder' '--output:the PNG file, or a folder' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        completion) ids='' operands=(bash zsh fish) options=('--config:use this config file' '--watchlist:watch list file' '--lang:interface language') ;;
        doctor) ids='' operands=() options=('--offline:contact nobody' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        download) ids=1 operands=() options=('--filter:only tasks that match, e.g. "status:failed age<2h tag:ep3"' '--all:every task of the list' '--original:the original (before super-resolution)' '--both:the result and the original' '--last-frame:the last frame' '--wait:wait for the tasks to finish' '--timeout:give up after this time, e.g. 90, 10m, 1h; 0 asks once' '--grace:how long a task may be not found before it counts as missing (default: 30s)' '-o:save the one file as NAME, or print it (-)' '--output:save the one file as NAME, or print it (-)' '--dir:save in this folder' '--verify:compare what is saved with the storage server’s' '--refresh:ask also about tasks that have ended' '--format:output format: one line for each record' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--interval:polling interval, at least 0.5' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        edit) ids=1 operands=() options=('--label:what to call the tasks' '--note:a note about the tasks' '--prompt:the prompt of the tasks' '--tag:a tag; may be repeated' '--untag:take a tag away; may be repeated' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        export) ids='' operands=() options=('--filter:only tasks that match, e.g. "status:failed age<2h tag:ep3"' '--offline:do not contact the gateway; show cached data' '--refresh:ask also about tasks that have ended' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '-o:write into FILE, replacing it' '--output:write into FILE, replacing it' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        frames) ids=1 operands=() options=('--at:these moments: seconds (2.5s) or a share of the duration (50%)' '--grid:columns and rows; default: 3x3 of all of it' '--original:the original (before super-resolution)' '-o:the PNG file, or a folder for several' '--output:the PNG file, or a folder for several' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        help) ids='' operands=(add compare completion doctor download edit export frames help history link list paths remove schema show wait watch exit json) options=('--man:print a man page' '--lang:interface language') ;;
        history) ids=1 operands=() options=('--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        link) ids=1 operands=() options=('--original:the original (before super-resolution)' '--last-frame:the last frame' '--min-left:a link with less time left counts as expired, e.g. 90, 10m, 1h' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        list) ids='' operands=() options=('--filter:only tasks that match, e.g. "status:failed age<2h tag:ep3"' '--sort:one of needs, name, status, progress, age, link, model, tokens, added (default: added)' '--reverse:the last one first' '--limit:no more than N tasks' '--offline:do not contact the gateway; show cached data' '--refresh:ask also about tasks that have ended' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--archived:list the archived tasks' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        paths) ids='' operands=(config api_key watchlist archive history queue questions choices download_dir posters log) options=('--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        remove) ids=1 operands=() options=('--filter:only tasks that match, e.g. "status:failed age<2h tag:ep3"' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        schema) ids='' operands=(task event error) options=('--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        show) ids=1 operands=() options=('--offline:do not contact the gateway; show cached data' '--refresh:ask also about tasks that have ended' '--format:output format (a pipe: tsv, a terminal: table): table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV without the ’ before cells that a spreadsheet would compute' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--raw:print only the raw API response (JSON)' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        wait) ids=1 operands=() options=('--filter:only tasks that match, e.g. "status:failed age<2h tag:ep3"' '--all:every task of the list' '--any:until the first one has ended' '--timeout:give up after this time, e.g. 90, 10m, 1h; 0 asks once' '--grace:how long a task may be not found before it counts as missing (default: 30s)' '--save:download each video as it is done' '--refresh:ask also about tasks that have ended' '--format:output format: one line for each record' '--fields:only these fields, e.g. id,tokens.total,files.result.url' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--interval:polling interval, at least 0.5' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
        watch) ids=1 operands=() options=('--filter:only events of tasks that match this filter' '--format:lines of text (default) or of JSON' '--api-key-file:read the API key from FILE' '--base-url:API base URL' '--config:use this config file' '--watchlist:watch list file' '--history:response history database' '--download-dir:download directory' '--interval:polling interval, at least 0.5' '--lang:interface language' '--verbose:verbose logging (log location: seedance-tui paths)') ;;
    esac
    case "$verb $before" in
        ' --api-key-file') takes=file given='' ;;
        ' --base-url') takes=text given='' ;;
        ' --config') takes=file given='' ;;
        ' --watchlist') takes=file given='' ;;
        ' --history') takes=file given='' ;;
        ' --download-dir') takes=folder given='' ;;
        ' --interval') takes=text given='' ;;
        ' --lang') takes=words given='en zh' ;;
        'add --label') takes=text given='' ;;
        'add --note') takes=text given='' ;;
        'add --prompt') takes=text given='' ;;
        'add --tag') takes=tag given='' ;;
        'add --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'add --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'add --config') takes=file given='' ;;
        'add --watchlist') takes=file given='' ;;
        'add --history') takes=file given='' ;;
        'add --lang') takes=words given='en zh' ;;
        'compare --at') takes=text given='' ;;
        'compare -o') takes=file given='' ;;
        'compare --output') takes=file given='' ;;
        'compare --api-key-file') takes=file given='' ;;
        'compare --base-url') takes=text given='' ;;
        'compare --config') takes=file given='' ;;
        'compare --watchlist') takes=file given='' ;;
        'compare --history') takes=file given='' ;;
        'compare --download-dir') takes=folder given='' ;;
        'compare --lang') takes=words given='en zh' ;;
        'completion --config') takes=file given='' ;;
        'completion --watchlist') takes=file given='' ;;
        'completion --lang') takes=words given='en zh' ;;
        'doctor --api-key-file') takes=file given='' ;;
        'doctor --base-url') takes=text given='' ;;
        'doctor --config') takes=file given='' ;;
        'doctor --watchlist') takes=file given='' ;;
        'doctor --history') takes=file given='' ;;
        'doctor --download-dir') takes=folder given='' ;;
        'doctor --lang') takes=words given='en zh' ;;
        'download --filter') takes=filter given='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'download --timeout') takes=text given='' ;;
        'download --grace') takes=text given='' ;;
        'download -o') takes=text given='' ;;
        'download --output') takes=text given='' ;;
        'download --dir') takes=folder given='' ;;
        'download --format') takes=words given='tsv ids json ndjson' ;;
        'download --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'download --api-key-file') takes=file given='' ;;
        'download --base-url') takes=text given='' ;;
        'download --config') takes=file given='' ;;
        'download --watchlist') takes=file given='' ;;
        'download --history') takes=file given='' ;;
        'download --interval') takes=text given='' ;;
        'download --lang') takes=words given='en zh' ;;
        'edit --label') takes=text given='' ;;
        'edit --note') takes=text given='' ;;
        'edit --prompt') takes=text given='' ;;
        'edit --tag') takes=tag given='' ;;
        'edit --untag') takes=tag given='' ;;
        'edit --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'edit --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'edit --config') takes=file given='' ;;
        'edit --watchlist') takes=file given='' ;;
        'edit --history') takes=file given='' ;;
        'edit --lang') takes=words given='en zh' ;;
        'export --filter') takes=filter given='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'export --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'export --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'export -o') takes=file given='' ;;
        'export --output') takes=file given='' ;;
        'export --api-key-file') takes=file given='' ;;
        'export --base-url') takes=text given='' ;;
        'export --config') takes=file given='' ;;
        'export --watchlist') takes=file given='' ;;
        'export --history') takes=file given='' ;;
        'export --download-dir') takes=folder given='' ;;
        'export --lang') takes=words given='en zh' ;;
        'frames --at') takes=text given='' ;;
        'frames --grid') takes=text given='' ;;
        'frames -o') takes=file given='' ;;
        'frames --output') takes=file given='' ;;
        'frames --api-key-file') takes=file given='' ;;
        'frames --base-url') takes=text given='' ;;
        'frames --config') takes=file given='' ;;
        'frames --watchlist') takes=file given='' ;;
        'frames --history') takes=file given='' ;;
        'frames --download-dir') takes=folder given='' ;;
        'frames --lang') takes=words given='en zh' ;;
        'help --lang') takes=words given='en zh' ;;
        'history --config') takes=file given='' ;;
        'history --watchlist') takes=file given='' ;;
        'history --history') takes=file given='' ;;
        'history --download-dir') takes=folder given='' ;;
        'history --lang') takes=words given='en zh' ;;
        'link --min-left') takes=text given='' ;;
        'link --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'link --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'link --api-key-file') takes=file given='' ;;
        'link --base-url') takes=text given='' ;;
        'link --config') takes=file given='' ;;
        'link --watchlist') takes=file given='' ;;
        'link --history') takes=file given='' ;;
        'link --lang') takes=words given='en zh' ;;
        'list --filter') takes=filter given='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'list --sort') takes=words given='needs name status progress age link model tokens added' ;;
        'list --limit') takes=text given='' ;;
        'list --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'list --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'list --api-key-file') takes=file given='' ;;
        'list --base-url') takes=text given='' ;;
        'list --config') takes=file given='' ;;
        'list --watchlist') takes=file given='' ;;
        'list --history') takes=file given='' ;;
        'list --download-dir') takes=folder given='' ;;
        'list --lang') takes=words given='en zh' ;;
        'paths --config') takes=file given='' ;;
        'paths --watchlist') takes=file given='' ;;
        'paths --history') takes=file given='' ;;
        'paths --download-dir') takes=folder given='' ;;
        'paths --lang') takes=words given='en zh' ;;
        'remove --filter') takes=filter given='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'remove --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'remove --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'remove --config') takes=file given='' ;;
        'remove --watchlist') takes=file given='' ;;
        'remove --history') takes=file given='' ;;
        'remove --download-dir') takes=folder given='' ;;
        'remove --lang') takes=words given='en zh' ;;
        'schema --lang') takes=words given='en zh' ;;
        'show --format') takes=words given='table tsv csv markdown html ids json ndjson' ;;
        'show --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'show --api-key-file') takes=file given='' ;;
        'show --base-url') takes=text given='' ;;
        'show --config') takes=file given='' ;;
        'show --watchlist') takes=file given='' ;;
        'show --history') takes=file given='' ;;
        'show --download-dir') takes=folder given='' ;;
        'show --lang') takes=words given='en zh' ;;
        'wait --filter') takes=filter given='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'wait --timeout') takes=text given='' ;;
        'wait --grace') takes=text given='' ;;
        'wait --format') takes=words given='tsv ids json ndjson' ;;
        'wait --fields') takes=fields given='v id input label tags note prompt pick added_at status phase open progress upstream_status asked_at stale submitted_at started_at finished_at action model ratio resolution super_resolution duration fps seed tokens tokens.completion tokens.total tokens.super_resolution request_id upstream_id files files.result files.result.url files.result.expires_at files.result.expires_by files.result.expired files.result.path files.result.bytes files.result.crc64 files.original files.original.url files.original.expires_at files.original.expires_by files.original.expired files.original.path files.original.bytes files.original.crc64 files.last_frame files.last_frame.url files.last_frame.expires_at files.last_frame.expires_by files.last_frame.expired files.last_frame.path files.last_frame.bytes files.last_frame.crc64 files.more failure failure.cause failure.code failure.message failure.advice error error.code error.exit error.retryable error.retry_after error.http error.request_id error.message error.hint' ;;
        'wait --api-key-file') takes=file given='' ;;
        'wait --base-url') takes=text given='' ;;
        'wait --config') takes=file given='' ;;
        'wait --watchlist') takes=file given='' ;;
        'wait --history') takes=file given='' ;;
        'wait --download-dir') takes=folder given='' ;;
        'wait --interval') takes=text given='' ;;
        'wait --lang') takes=words given='en zh' ;;
        'watch --filter') takes=filter given='status: status:open status:submitted status:queued status:running status:done status:failed status:ended status:unknown is: is:stale is:slow is:expired is:lost is:saved is:saving is:paused saved: saved:yes saved:no pick: pick:yes pick:no sr: sr:yes sr:no audio: audio:yes audio:no draft: draft:yes draft:no label: tag: note: id: error: upstream: action: model: ratio: resolution: tier: age< expires< tokens> progress>= duration>= seed=' ;;
        'watch --format') takes=words given='lines ndjson' ;;
        'watch --api-key-file') takes=file given='' ;;
        'watch --base-url') takes=text given='' ;;
        'watch --config') takes=file given='' ;;
        'watch --watchlist') takes=file given='' ;;
        'watch --history') takes=file given='' ;;
        'watch --download-dir') takes=folder given='' ;;
        'watch --interval') takes=text given='' ;;
        'watch --lang') takes=words given='en zh' ;;
    esac
    case $takes in
        words) compadd -- ${=given}; return ;;
        file) _files; return ;;
        folder) _files -/; return ;;
        fields) compset -P '*,'; compadd -S '' -- ${=given}; return ;;
        filter)
            compset -P '*[ ]'
            compset -P '!'
            if [[ ${(Q)PREFIX} == tag:* ]]; then
                compset -P 'tag:'
                tags=("${(@f)$(seedance-tui completion tags "${(Q)PREFIX}" 2>/dev/null)}")
                compadd -- $tags
            else
                compadd -S '' -- ${=given}
            fi
            return ;;
        tag) tags=("${(@f)$(seedance-tui completion tags "$cur" 2>/dev/null)}")
            compadd -- $tags; return ;;
        text) return ;;
    esac
    if [[ $cur == -* ]]; then _describe -o option options; return; fi
    if [[ -z $verb ]]; then _describe command verbs; ids=1; fi
    (( $#operands )) && compadd -- $operands
    if [[ -n $ids ]]; then
        # An ID that is found by its label does not begin as the word does.
        lines=("${(@f)$(seedance-tui completion ids "$cur" 2>/dev/null)}")
        offers=("${(@)lines%%$'\t'*}")
        lines=("${(@)lines/$'\t'/  }")
        [[ -n $offers ]] && compadd -U -Q -l -d lines -- "${(@)offers}"
    fi
}
compdef _seedance_tui seedance-tui
