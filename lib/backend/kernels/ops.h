// The operations of this folder.
#pragma once

namespace ser {

void register_activate();
void register_adam();
void register_conv1d();
void register_fine_tuning();
void register_lstm();
void register_lstm_grad();
void register_normalize();
void register_rbm();
void register_uniform();

}  // namespace ser
