"""What layers give, caught by hooks."""


def capture_by_hooks(network, x):
    """Logits of x, and what each of `network.explained` gives, by its name in `network.layers`."""
    captured = {}
    hooks = [
        network.layers[name].register_forward_hook(
            lambda _module, _inputs, output, name=name: captured.__setitem__(name, output)
        )
        for name in network.explained
    ]
    try:
        logits = network(x)
    finally:
        for hook in hooks:
            hook.remove()
    return logits, [captured[name] for name in network.explained]
