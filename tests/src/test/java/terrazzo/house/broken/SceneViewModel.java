package terrazzo.house.broken;

import javafx.scene.Node;

/// A view model that knows a node.
record SceneViewModel(Node node) {}
