"""How the variables of FaceNet are called in TensorFlow, where it was trained (davidsandberg/facenet).

`InceptionResnetV1/Repeat_1/block17_3/Branch_0/Conv2d_1x1/weights` is what Keras' conversions call
`Block17_3_Branch_0_Conv2d_1x1_kernel`. Only the variables themselves are taken: a training may leave averages of them
in a checkpoint (`…/ExponentialMovingAverage`), but the releases were saved, frozen and measured without.
"""

import re

_VARIABLES = {"weights": "kernel", "biases": "bias"}


def array_name(variable: str) -> str:
    """TensorFlow's name -> ours; of no meaning for what is not a variable of FaceNet.

    >>> array_name("InceptionResnetV1/Block8/Conv2d_1x1/biases")
    'Block8_6_Conv2d_1x1_bias'
    """
    scopes = variable.removeprefix("InceptionResnetV1/")
    scopes = re.sub(r"^Repeat(_\d)?/block", "Block", scopes)
    scopes = re.sub(r"^Block8/", "Block8_6/", scopes)  # the last one is not of the repeated five
    *layer, name = scopes.split("/")
    return "_".join([*layer, _VARIABLES.get(name, name)])
