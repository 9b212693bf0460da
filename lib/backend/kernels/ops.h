// The operations of this folder.
#pragma once

namespace ser {

void register_activate();
void register_adam();
void register_conv1d();
void register_normalize();

}  // namespace ser
