"""The page to chat on: what a person sees of the workspace, drawn as HTML on the server. It acts through /control/."""
