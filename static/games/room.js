// The team room's script: each module below owns one behavior; this one only brings them together.

import "../live/connection.js";
import "../live/passing.js";
import "./clock.js";
import "./trend.js";
import "./map.js";
import "./chamber.js";
import "./roll-call.js";
import { startPanels } from "./panels.js";
import { startForms } from "./forms.js";
import { startKeeping } from "./keep.js";
import { startFilters } from "./filter.js";
import { startTalks } from "./talks.js";
import { startSaying } from "./say.js";

startSaying();
startPanels();
startForms();
startKeeping();
startFilters();
startTalks();
