#!/bin/bash
# Makes the pictures in docs/images of dialogs, tables, plots and overlays, from the plugin as it is installed in plain ImageJ, on a virtual screen of
# 1366 x 768 pixels. Fails if a window doesn't fit on it.
#
#   mvn -B package -DskipTests && docs/screenshots.sh           all pictures
#   docs/screenshots.sh segment counts                          only these
#   SCALE=2 OUTPUT=/tmp/large docs/screenshots.sh               as on a display with a scaling of 2, into another folder
#   WIDTH=1366 HEIGHT=768 SCALE=2 OUTPUT=/tmp/small docs/screenshots.sh segment batch    the same on a small screen, where dialogs are scrolled
#
# Needs xvfb-run, xdotool and ImageMagick; ImageJ comes from the local Maven repository.
set -eu
cd "$(dirname "$0")/.."

SCALE=${SCALE:-1}
OUTPUT=$(realpath -m "${OUTPUT:-docs/images}")
WIDTH=${WIDTH:-$((1366 * SCALE))}
HEIGHT=${HEIGHT:-$((768 * SCALE))}

if [ -z "${SCREENSHOTS_DISPLAY:-}" ]; then
	SCREENSHOTS_DISPLAY=1 exec xvfb-run -a -s "-screen 0 ${WIDTH}x${HEIGHT}x24" "docs/$(basename "$0")" "$@"
fi

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
ZIPS=(target/nuclei4j-*-imagej.zip)
[ -f "${ZIPS[0]}" ] || { echo "There is no target/nuclei4j-*-imagej.zip. Run mvn -B package -DskipTests first." >&2; exit 1; }
IJ="$HOME/.m2/repository/net/imagej/ij/1.54p/ij-1.54p.jar"
[ -f "$IJ" ] || { echo "There is no $IJ." >&2; exit 1; }
mkdir -p "$WORK/ImageJ" "$WORK/home" "$WORK/annotated" "$OUTPUT"
unzip -q "${ZIPS[0]}" -d "$WORK/ImageJ"
cp samples/fluorescence-clusters.png "$WORK/cells.png"
cp samples/fluorescence-clusters.png samples/fluorescence-large.png samples/tissue-round.png "$WORK/annotated"

WANTED=" $* "
FAILED=0

# starts ImageJ with a macro
start() {
	rm -f "$WORK/ready"
	printf '%s\n' "$1" > "$WORK/shot.ijm"
	(cd "$WORK" && exec java -Xmx2g -Duser.home="$WORK/home" -Dsun.java2d.uiScale="$SCALE" -Dorg.bytedeco.javacpp.cachedir="$HOME/.javacpp/cache" -cp "$IJ" ij.ImageJ \
		-ijpath "$WORK/ImageJ" -macro "$WORK/shot.ijm" > "$WORK/log" 2>&1) &
	JAVA=$!
}

stop() {
	kill "$JAVA" 2> /dev/null || true
	wait "$JAVA" 2> /dev/null || true
}

# takes what is used of the screen, the empty parts in the corners in a light grey
screen() {
	import -window root "$WORK/screen.png"
	convert "$WORK/screen.png" -trim +repage "$WORK/used.png"
	local right bottom corner
	right=$(($(identify -format %w "$WORK/used.png") - 1))
	bottom=$(($(identify -format %h "$WORK/used.png") - 1))
	for corner in "0,0" "$right,0" "0,$bottom" "$right,$bottom"; do
		[ "$(convert "$WORK/used.png" -format "%[fx:p{$corner}.intensity==0]" info:)" = 1 ] || continue
		convert "$WORK/used.png" -fill '#e0e4e8' -draw "color $corner floodfill" "$WORK/used.png"
	done
	cp "$WORK/used.png" "$OUTPUT/$1.png"
}

# waits for a visible window of a title, and prints its id
window() {
	for _ in $(seq 450); do
		local id
		id=$(xdotool search --onlyvisible --name "^$1\$" 2> /dev/null | tail -1)
		if [ -n "$id" ]; then
			echo "$id"
			return
		fi
		sleep 0.2
	done
	return 1
}

fail() {
	echo "$1: $2" >&2
	tail -5 "$WORK/log" >&2
	FAILED=1
}

# all windows must be on the screen
check_fits() {
	local id x y w h title
	for id in $(xwininfo -root -children | sed -nE 's/^ +(0x[0-9a-f]+) "([^"]+)".*/\1 \2/p' | grep -v FocusProxy | cut -d ' ' -f 1); do
		read -r x y w h < <(xwininfo -id "$id" 2> /dev/null | awk '/Absolute upper-left/ || /Width:/ || /Height:/ { printf "%s ", $NF }
			/Map State: IsUnMapped/ { hidden = 1 } END { if (hidden) printf " hidden"; print "" }' | grep -v hidden) || continue
		title=$(xdotool getwindowname "$id")
		if ((x < 0 || y < 0 || x + w > WIDTH || y + h > HEIGHT)); then
			fail "$1" "'$title' of $w x $h pixels at $x, $y is cut off by the screen"
		fi
	done
}

wanted() {
	[[ "$WANTED" == "  " || "$WANTED" == *" $1 "* ]]
}

# dialog NAME MACRO TITLE: a macro that opens a dialog, and the dialog's title
dialog() {
	wanted "$1" || return 0
	start "$2"
	local id
	if id=$(window "$3"); then
		sleep 1
		check_fits "$1"
		import -window "$id" "$OUTPUT/$1.png"
		echo "$1"
	else
		fail "$1" "the window '$3' did not appear"
	fi
	stop
}

# results NAME MACRO: a macro that opens windows and puts them in place; all of the screen that is used is taken
results() {
	wanted "$1" || return 0
	start "$2
		wait(500);
		File.saveString('', '$WORK/ready');"
	for _ in $(seq 600); do
		[ -e "$WORK/ready" ] && break
		kill -0 "$JAVA" 2> /dev/null || break
		sleep 0.2
	done
	if [ -e "$WORK/ready" ]; then
		sleep 1
		check_fits "$1"
		screen "$1"
		echo "$1"
	else
		fail "$1" "the macro did not end"
	fi
	stop
}

CELLS="open('$WORK/cells.png'); setLocation(0, 120);"
# annotations: what another model finds, for want of a hand's
ANNOTATE="setBatchMode(true); files = getFileList('$WORK/annotated'); for (i = 0; i < files.length; i++) {
	open('$WORK/annotated/' + files[i]); run('Segment Nuclei...', 'model=hrnet overlay=false table=false labels=true');
	saveAs('Tiff', '$WORK/annotated/' + replace(files[i], '.png', '_labels.tif')); close('*'); } setBatchMode(false);"

dialog segment "$CELLS doCommand('Segment Nuclei...');" "Segment Nuclei"
dialog count "$CELLS doCommand('Count Nuclei in ROIs...');" "Count Nuclei in ROIs"
dialog summarize "$CELLS run('Segment Nuclei...', 'model=nuclei'); doCommand('Summarize Nuclei...');" "Summarize Nuclei"
dialog batch "doCommand('Batch Segment Folder...');" "Batch Segment Folder"
dialog train "doCommand('Train Model...');" "Train Model"
dialog evaluate "doCommand('Evaluate Segmentation...');" "Evaluate Segmentation"
dialog compare "doCommand('Compare Models...');" "Compare Models"
dialog quantize "doCommand('Quantize Model...');" "Quantize Model"
dialog edit "$CELLS run('Segment Nuclei...', 'model=nuclei table=false'); doCommand('Edit Nuclei...');" "Edit Nuclei"
dialog filter "$CELLS run('Segment Nuclei...', 'model=nuclei'); doCommand('Filter Nuclei...');" "Filter Nuclei"
dialog measure "$CELLS doCommand('Measure Cells...');" "Measure Cells"
dialog classify "$CELLS doCommand('Classify Nuclei...');" "Classify Nuclei"
dialog foci "$CELLS doCommand('Count Foci in Nuclei...');" "Count Foci in Nuclei"
dialog exchange "$CELLS doCommand('Exchange with QuPath...');" "Exchange with QuPath"
dialog check "doCommand('Check Installation');" "Nuclei4J Installation"

results edit-window "$CELLS run('Segment Nuclei...', 'model=nuclei table=false'); run('Edit Nuclei...', 'table=true'); wait(1500); makeLine(60, 60, 110, 90);"

results overlay "$CELLS run('Segment Nuclei...', 'model=nuclei labels=true probabilities=true');
	selectImage('cells.png labels'); setLocation(275, 120); selectImage('cells.png probabilities'); setLocation(550, 120);
	Table.setLocationAndSize(0, 430, 1100, 300, 'cells.png nuclei'); selectImage('cells.png');"
results summary "$CELLS run('Segment Nuclei...', 'model=nuclei'); run('Summarize Nuclei...', 'histogram=true column=Area');
	setLocation(275, 120); Table.setLocationAndSize(0, 560, 1100, 120, 'cells.png summary'); close('cells.png nuclei');"
results counts "$CELLS run('Segment Nuclei...', 'model=nuclei table=false'); makePolygon(20, 20, 160, 30, 140, 170, 30, 150);
	run('Count Nuclei in ROIs...', 'regions=selection'); Table.setLocationAndSize(280, 120, 800, 120, 'cells.png counts');"
results outcomes "$CELLS run('Segment Nuclei...', 'model=hrnet overlay=false table=false labels=true'); rename('truth'); selectImage('cells.png');
	run('Segment Nuclei...', 'model=unet overlay=false table=false labels=true'); rename('found');
	run('Evaluate Segmentation...', 'truth=truth predicted=found image=cells.png'); close('truth'); close('found');
	selectImage('cells.png'); run('In [+]'); setLocation(0, 120); Table.setLocationAndSize(540, 120, 820, 150, 'found evaluation');
	Table.setLocationAndSize(540, 290, 820, 350, 'found evaluated nuclei');"
results training "$ANNOTATE run('Train Model...', 'data=$WORK/annotated output=$WORK/mine.zip recipe=reference epochs=6 batch=2 imagesize=64 validation=0.4');
	wait(1000); selectImage(1); setLocation(0, 120); Table.setLocationAndSize(620, 120, 740, 250, 'Training of mine.zip');"
results comparison "$ANNOTATE run('Compare Models...', 'models=[nuclei, unet] data=$WORK/annotated all=true score=AP');
	for (i = 1; i <= nImages; i++) { selectImage(i); setLocation(0, 120); } Table.setLocationAndSize(720, 120, 640, 200, 'Comparison of models');"
results quantization "$ANNOTATE run('Quantize Model...', 'model=unet output=$WORK/small.zip calibration=$WORK/annotated');
	selectImage(1); setLocation(0, 120); Table.setLocationAndSize(400, 120, 900, 250, 'unet-int8 quantization');
	Table.setLocationAndSize(400, 380, 900, 150, 'unet-int8 quantization images');"

# the preview: its box, the first field, is ticked with the mouse
if wanted preview; then
	start "$CELLS doCommand('Segment Nuclei...');"
	if id=$(window "Segment Nuclei"); then
		sleep 1
		xdotool windowmove "$id" $((320 * SCALE)) $((120 * SCALE)) sleep 1
		eval "$(xdotool getwindowgeometry --shell "$id" | sed -n 's/^\(X\|Y\|HEIGHT\)=/BOX_\1=/p')"
		xdotool mousemove $((BOX_X + 195 * SCALE)) $((BOX_Y + 26 * SCALE)) click 1 sleep 15
		check_fits preview
		screen preview
		# the image is grey, its outlines are not
		[ "$(convert "$WORK/screen.png" -crop $((256 * SCALE))x$((256 * SCALE))+$((5 * SCALE))+$((136 * SCALE)) -colorspace HSL -channel G -separate -format '%[fx:maxima>0.5]' info:)" = 1 ] ||
			fail preview "there are no outlines in the image"
		echo preview
	else
		fail preview "the window 'Segment Nuclei' did not appear"
	fi
	stop
fi

# the menu: opened with the mouse, its last entry with the keyboard
if wanted menu; then
	start ""
	if id=$(window "ImageJ"); then
		sleep 2
		eval "$(xdotool getwindowgeometry --shell "$id" | sed -n 's/^\(X\|Y\)=/\1=/p')"
		xdotool mousemove $((X + 308 * SCALE)) $((Y + 12 * SCALE)) click 1 sleep 1 key Up sleep 0.5 key Right sleep 1
		screen menu
		echo menu
	else
		fail menu "ImageJ did not start"
	fi
	stop
fi
exit $FAILED
