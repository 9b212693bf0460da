// The operations of this folder.
#pragma once

namespace ser {

void register_adam();
void register_fine_tuning();
void register_rbm();
void register_uniform();

}  // namespace ser
