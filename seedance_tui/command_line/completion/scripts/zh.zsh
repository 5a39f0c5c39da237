#compdef seedance-tui
# zsh completion of seedance-tui; in ~/.zshrc, behind compinit:
# eval "$(seedance-tui completion zsh)"
_seedance_tui() {
    emulate -L zsh
    setopt extended_glob
    local cur=${(Q)PREFIX} before=${words[CURRENT-1]} verb='' word ids='' takes='' given=''
    local -a verbs options operands offers lines tags
    verbs=('add:添加并跟踪任务。' 'compare:把两个视频的同一时刻并排写入一个 PNG 文件并打印其路径。一个任务取超分前的视频与结果，两个任务取各自的结果。--json 说明各自是什么、有多清晰（该帧拉普拉斯算子的方差）。需要附加组件 preview。' 'completion:输出用于 shell 命令补全的脚本。' 'doctor:检查设置、API Key、网络和磁盘。' 'download:下载视频，并输出每个文件的路径。' 'edit:更改所关注任务的标签、标记、备注或提示词。' 'export:将任务列表导出为表格，并查询每个未结束的任务。' 'frames:把每个视频的若干帧写入一个 PNG 文件并打印其路径。已保存的文件直接读取，其他的只取一部分。需要附加组件 preview。' 'help:说明某个命令、退出码或 JSON。' 'history:从历史中输出任务的每次响应及其时间；不查询。' 'link:输出每个任务的视频链接。' 'list:列出任务，并查询每个未结束的任务。' 'paths:显示程序各文件的位置。' 'remove:从列表移除任务，移入归档（已下载的文件保留）。' 'schema:打印任务、事件或错误的 JSON Schema（2020-12）。' 'show:显示任务的全部字段，不论是否在列表中。--json 打印记录数组。' 'wait:等到任务结束，每次变化输出一行。' 'watch:持续输出事件直到被中断；同时保存视频并运行钩子。')
    for word in "${(@)words[2,CURRENT-1]}"; do
        if (( ${verbs[(I)${word}:*]} )); then verb=$word; break; fi
    done
    if [[ $PREFIX == --*=* ]]; then
        before=${PREFIX%%=*}
        compset -P '*='
        cur=${(Q)PREFIX}
    fi
    case $verb in
        add) ids=1 operands=() options=('--label:任务的标签' '--note:任务的备注' '--prompt:任务的提示词' '--tag:标记；可重复' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        compare) ids=1 operands=() options=('--at:时刻：秒数（2.5s）或时长的比例（50%，默认）' '-o:PNG 文件或文件夹' '--output:PNG 文件或文件夹' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        completion) ids='' operands=(bash zsh fish) options=('--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--lang:界面语言') ;;
        doctor) ids='' operands=() options=('--offline:不访问网络' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        download) ids=1 operands=() options=('--filter:只处理匹配的任务，如 "status:failed age<2h tag:ep3"' '--all:列表中的所有任务' '--original:超分前的视频' '--both:成片和超分前视频' '--last-frame:尾帧' '--wait:等到任务完成' '--timeout:超过此时间即放弃，如 90、10m、1h；0 表示只查询一次' '--grace:任务多久未找到才算不存在（默认：30s）' '-o:将唯一的文件存为 NAME，或输出其内容（-）' '--output:将唯一的文件存为 NAME，或输出其内容（-）' '--dir:保存到此文件夹' '--verify:将已保存的文件与存储服务器上的比对' '--refresh:也查询已结束的任务' '--format:输出格式：每条记录一行' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--interval:每个任务的查询间隔（秒），至少 0.5' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        edit) ids=1 operands=() options=('--label:任务的标签' '--note:任务的备注' '--prompt:任务的提示词' '--tag:标记；可重复' '--untag:去掉一个标记；可重复' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        export) ids='' operands=() options=('--filter:只处理匹配的任务，如 "status:failed age<2h tag:ep3"' '--offline:不联网，只显示已有数据' '--refresh:也查询已结束的任务' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '-o:写入 FILE，替换原有内容' '--output:写入 FILE，替换原有内容' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        frames) ids=1 operands=() options=('--at:这些时刻：秒数（2.5s）或时长的比例（50%）' '--grid:列数与行数；默认：全片 3x3' '--original:超分前的视频' '-o:PNG 文件；多个任务时为文件夹' '--output:PNG 文件；多个任务时为文件夹' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        help) ids='' operands=(add compare completion doctor download edit export frames help history link list paths remove schema show wait watch exit json) options=('--man:输出 man 手册页' '--lang:界面语言') ;;
        history) ids=1 operands=() options=('--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        link) ids=1 operands=() options=('--original:超分前的视频' '--last-frame:尾帧' '--min-left:剩余时间少于此值的链接视为已过期，例如 90、10m、1h' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        list) ids='' operands=() options=('--filter:只处理匹配的任务，如 "status:failed age<2h tag:ep3"' '--sort:needs, name, status, progress, age, link, model, tokens, added 之一（默认：added）' '--reverse:倒序' '--limit:最多 N 个任务' '--offline:不联网，只显示已有数据' '--refresh:也查询已结束的任务' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--archived:列出归档的任务' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        paths) ids='' operands=(config api_key watchlist archive history queue questions choices download_dir posters log) options=('--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        remove) ids=1 operands=() options=('--filter:只处理匹配的任务，如 "status:failed age<2h tag:ep3"' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        schema) ids='' operands=(task event error) options=('--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        show) ids=1 operands=() options=('--offline:不联网，只显示已有数据' '--refresh:也查询已结束的任务' '--format:输出格式（管道默认 tsv，终端默认 table）: table, tsv, csv, markdown, html, ids, json, ndjson' '--raw-csv:CSV 原样输出，不在会被电子表格计算的单元格前加 ’' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--raw:只输出 API 响应（JSON）' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        wait) ids=1 operands=() options=('--filter:只处理匹配的任务，如 "status:failed age<2h tag:ep3"' '--all:列表中的所有任务' '--any:直到第一个任务结束' '--timeout:超过此时间即放弃，如 90、10m、1h；0 表示只查询一次' '--grace:任务多久未找到才算不存在（默认：30s）' '--save:每个任务完成时下载其视频' '--refresh:也查询已结束的任务' '--format:输出格式：每条记录一行' '--fields:只输出这些字段，例如 id,tokens.total,files.result.url' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--interval:每个任务的查询间隔（秒），至少 0.5' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
        watch) ids=1 operands=() options=('--filter:只输出匹配此筛选条件的任务的事件' '--format:文本行（默认）或 JSON 行' '--api-key-file:从 FILE 读取 API Key' '--base-url:API 地址（base_url）' '--config:指定配置文件（默认 config.toml）' '--watchlist:任务列表文件' '--history:历史记录数据库文件' '--download-dir:视频下载目录' '--interval:每个任务的查询间隔（秒），至少 0.5' '--lang:界面语言' '--verbose:在日志中记录每一步（日志位置：seedance-tui paths）') ;;
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
