// The operations of this folder.
#pragma once

namespace ser {

void register_adam();
void register_lstm();

}  // namespace ser
