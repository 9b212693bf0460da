// The operations of this folder.
#pragma once

namespace ser {

void register_adam();

}  // namespace ser
